const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;
/** Made anew in each run, so only their presence and kind can be compared. */
const SECRET_FIELDS = [
  "accessToken",
  "refreshToken",
  "challenge",
  "secret",
  "uri",
  "codes",
  "allowCredentials",
  "excludeCredentials",
];
const KEY_FIELDS = ["kid", "x", "y"];
/** What the caller, or the moment of the sealer, makes different from way to way, null included. */
const WAY_FIELDS = ["ip", "userAgentHash", "previousHash", "hash", "seq"];
/** The last two columns of an exported log are the seals, which come beside the requests; the first counts all events. */
const CSV_WAY_COLUMNS = /^\d+,|,[\w-]{0,43},[\w-]{0,43}(?=\r\n)/gm;
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
  const securityMailbox = `security@${new URL(baseUrl).hostname}`;
  const ids = new Map<string, string>();
  const idFor = (id: string) => {
    const known = ids.get(id) ?? `<id ${ids.size + 1}>`;
    ids.set(id, known);
    return known;
  };
  const inText = (text: string) =>
    text
      .replaceAll(baseUrl, "<base>")
      .replaceAll(securityMailbox, "<security mailbox>")
      .replaceAll(origin, "<origin>")
      .replace(UUID, idFor);

  function inBody(value: unknown, field = ""): unknown {
    if (SECRET_FIELDS.includes(field) && value !== null) return "<secret>";
    if (Array.isArray(value)) return value.map((part) => inBody(part));
    if (typeof value === "object" && value !== null) {
      // Sessions of one moment have no order among them, and each way calls with another device.
      const unordered =
        "deviceLabel" in value ? { ...value, id: "<session id>", deviceLabel: "<device>" } : value;
      return Object.fromEntries(Object.entries(unordered).map(([key, part]) => [key, inBody(part, key)]));
    }
    // A store in memory has no clock of its own.
    if (field === "clockSkewMs") return "<skew>";
    if (WAY_FIELDS.includes(field)) return `<${field}>`;
    if (typeof value !== "string") return value;
    if (field === "requestId") return "<request id>";
    if (field === "nextCursor") return "<cursor>";
    if (KEY_FIELDS.includes(field)) return "<key>";
    // A passkey's user handle: the account's id in base64url.
    if (field === "id" && value.length === 48) return "<user handle>";
    // The one field in which a mock and a sandbox say openly that they are not the same.
    if (field === "environment" && (value === "mock" || value === "sandbox")) return "<mock or sandbox>";
    return inText(value.includes("\r\n") ? value.replace(CSV_WAY_COLUMNS, "<of this way>") : value);
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
