/** An answer before it becomes a `Response`. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Written as JSON; undefined for an answer without a body. */
  readonly body?: unknown;
  readonly mediaType?: string;
}

/** On every answer: nothing is cached, sniffed, framed or read by a page that was not let in. */
const ALWAYS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  vary: "Origin",
};

/** Makes the response; `extra` are the headers that belong to the request rather than to the answer. */
export function toResponse(
  answer: Answer,
  extra: Readonly<Record<string, string>>,
  withBody: boolean,
): Response {
  const headers = new Headers({ ...ALWAYS, ...extra, ...answer.headers });
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });
  const bytes = new TextEncoder().encode(JSON.stringify(answer.body));
  headers.set("content-type", `${answer.mediaType ?? "application/json"}; charset=utf-8`);
  headers.set("content-length", String(bytes.length));
  return new Response(withBody ? bytes : null, { status: answer.status, headers });
}
