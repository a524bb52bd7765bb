const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;
/** Made anew in each run, so only their presence and kind can be compared. */
const SECRET_FIELDS = ["accessToken", "refreshToken", "challenge"];
const KEY_FIELDS = ["kid", "x", "y"];
/** Script-readable without being exposed (Fetch), and what the service exposes; the page's view needs no list. */
const READABLE = [
  "cache-control",
  "content-language",
  "content-length",
  "content-type",
  "expires",
  "last-modified",
  "pragma",
  "etag",
  "dpop-nonce",
  "www-authenticate",
  "retry-after",
  "date",
  "content-disposition",
  "welby-request-id",
  "idempotency-replayed",
];
/** What tells a machine about rules of other origins. */
const MACHINE_ONLY = [
  "allow",
  "vary",
  "access-control-allow-origin",
  "access-control-allow-methods",
  "access-control-allow-headers",
  "access-control-allow-credentials",
  "access-control-expose-headers",
  "access-control-max-age",
];
/** Compared by presence: they are secrets, random, or counted in bytes of random content. */
const BY_PRESENCE = ["dpop-nonce", "date", "content-length"];

/**
 * Replaces ids, tokens, keys, cursors and the API's address by placeholders. The same id gets the same placeholder
 * throughout a run, so that "the group that was just made" stays recognisable. Times need none: the clock stands still.
 */
export function createPlaceholders(baseUrl: string, origin: string) {
  const ids = new Map<string, string>();
  const idFor = (id: string) => {
    const known = ids.get(id) ?? `<id ${ids.size + 1}>`;
    ids.set(id, known);
    return known;
  };
  const inText = (text: string) =>
    text.replaceAll(baseUrl, "<base>").replaceAll(origin, "<origin>").replace(UUID, idFor);

  function inBody(value: unknown, field = ""): unknown {
    if (Array.isArray(value)) return value.map((part) => inBody(part));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inBody(part, key)]));
    }
    if (typeof value !== "string") return value;
    if (field === "requestId") return "<request id>";
    if (field === "nextCursor") return "<cursor>";
    if (SECRET_FIELDS.includes(field)) return "<secret>";
    if (KEY_FIELDS.includes(field)) return "<key>";
    // The one field in which a mock and a sandbox say openly that they are not the same.
    if (field === "environment" && (value === "mock" || value === "sandbox")) return "<mock or sandbox>";
    return inText(value);
  }

  function inHeaders(headers: Headers, machine: boolean): Record<string, string> {
    const entries = [...headers].filter(
      ([name]) => !machine || READABLE.includes(name) || MACHINE_ONLY.includes(name),
    );
    return Object.fromEntries(
      entries.map(([name, value]) => {
        if (BY_PRESENCE.includes(name)) return [name, "<present>"];
        return [name, name === "welby-request-id" ? "<request id>" : inText(value)];
      }),
    );
  }
  return { inBody: (body: unknown) => inBody(body), inHeaders };
}
