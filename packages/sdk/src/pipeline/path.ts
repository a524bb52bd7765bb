/**
 * A path from its template. Each value is one segment: encoded, and refused where a proxy or a server could read it
 * as anything else (dot segments, slashes also when encoded, an empty or over-long segment, control characters).
 * Returns null for a refused value.
 * @example buildPath("/v1/staff/{staffId}", { staffId: "a b" }) // "/v1/staff/a%20b"
 */
export function buildPath(template: string, params: Readonly<Record<string, unknown>>): string | null {
  let refused = false;
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (typeof value === "string" && isSegment(value)) return encodeURIComponent(value);
    refused = true;
    return "";
  });
  return refused ? null : path;
}

function isSegment(value: string): boolean {
  return (
    value.length > 0 &&
    value.length <= 200 &&
    // Slashes, control characters and lone surrogates; then the same once encoded; then dot segments.
    !/[/\\\p{Cc}\p{Cs}]/u.test(value) &&
    !/%(2f|5c|2e|0[\da-f]|1[\da-f]|7f)/i.test(value) &&
    !/^\.{1,2}$/.test(value)
  );
}

/** A query string with its question mark; empty without values. Undefined values are left out. */
export function buildQuery(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  return pairs.length > 0
    ? `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`
    : "";
}

/** The last look before sending: what goes out is below the base URL and reads the same to every URL parser. */
export function isBelow(baseUrl: string, url: string): boolean {
  return url.startsWith(`${baseUrl}/`) && URL.canParse(url) && new URL(url).href === url;
}
