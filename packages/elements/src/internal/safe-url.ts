/**
 * Where to go after signing in: a relative address of this site, or nothing. Absolute forms are refused even where
 * they would end on this site, so that nobody has to reason about `https:evil`, `//evil` or `/\evil`.
 */
export function sameSitePath(
  value: string | null | undefined,
  here: string = location.href,
): string | undefined {
  // `URL.canParse` alone is true for everything with a scheme: `https:evil`, `javascript:…`, `data:…`.
  if (!value || URL.canParse(value) || !URL.canParse(value, here)) return undefined;
  const url = new URL(value, here);
  return url.origin === new URL(here).origin ? url.href : undefined;
}

/** A link that a partner gave: http(s) or relative; nothing for `javascript:`, `data:` and the like. */
export function safeLink(value: string | null | undefined, here: string = location.href): string | undefined {
  if (!value || !URL.canParse(value, here)) return undefined;
  const { protocol } = new URL(value, here);
  return protocol === "https:" || protocol === "http:" ? value : undefined;
}
