/** An answer before it becomes a `Response`. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Written as JSON; undefined for an answer without a body. */
  readonly body?: unknown;
  /** Written as it is, instead of a body. */
  readonly text?: string | AsyncIterable<string>;
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
  if (answer.text !== undefined) return textResponse(answer, answer.text, headers, withBody);
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });
  const bytes = new TextEncoder().encode(JSON.stringify(answer.body));
  headers.set("content-type", `${answer.mediaType ?? "application/json"}; charset=utf-8`);
  headers.set("content-length", String(bytes.length));
  return new Response(withBody ? bytes : null, { status: answer.status, headers });
}

function textResponse(
  { status, mediaType }: Answer,
  text: string | AsyncIterable<string>,
  headers: Headers,
  withBody: boolean,
): Response {
  headers.set("content-type", `${mediaType ?? "text/plain"}; charset=utf-8`);
  if (typeof text !== "string") return new Response(withBody ? toStream(text) : null, { status, headers });
  const bytes = new TextEncoder().encode(text);
  headers.set("content-length", String(bytes.length));
  return new Response(withBody ? bytes : null, { status, headers });
}

/** Asks for the next piece when the one before was taken, and for none once the reader has gone. */
function toStream(text: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const pieces = text[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const piece: IteratorResult<string, unknown> = await pieces.next();
        if (piece.done) controller.close();
        else controller.enqueue(encoder.encode(piece.value));
      },
      async cancel() {
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
