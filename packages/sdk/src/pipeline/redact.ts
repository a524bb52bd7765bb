/** Shorter values are found by chance in ids and in the words of codes ("short" in "too_short"). */
const MIN_LENGTH = 8;

/** Lets text of a server through only if it has the expected form and repeats no secret of the call. */
export type Redact = (text: unknown, form: RegExp) => string | undefined;

export const FORMS = {
  code: /^[a-z][a-z0-9_]{0,63}$/,
  requestId: /^[\w.:-]{1,128}$/,
  path: /^[\w.[\]-]{0,200}$/,
} as const;

/** Collects what must not come back in an error: sensitive inputs and tokens. A server may echo them, by fault or by design. */
export function createRedact(secrets: readonly unknown[]): Redact {
  const texts = secrets.flatMap(stringsIn).filter((text) => text.length >= MIN_LENGTH);
  return (text, form) =>
    typeof text === "string" && form.test(text) && !texts.some((secret) => text.includes(secret))
      ? text
      : undefined;
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
