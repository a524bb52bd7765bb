import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

/** What is read and thrown away of a body that nobody wanted, so that its sender gets to see the answer. */
const LINGER_MS = 1_000;

/** Writes a `Response` to the connection, as fast as the other side reads it. */
export async function respond(response: Response, outgoing: ServerResponse, closing: boolean): Promise<void> {
  const { req: incoming } = outgoing;
  for (const [name, value] of response.headers) {
    if (name !== "set-cookie") outgoing.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
  if (!incoming.complete && hasBody(incoming.headers)) return respondAndClose(response, outgoing);

  if (closing) outgoing.setHeader("connection", "close");
  outgoing.writeHead(response.status);
  if (response.body && incoming.method !== "HEAD") {
    await pipeline(Readable.fromWeb(response.body as NodeReadableStream), outgoing);
  } else {
    await response.body?.cancel();
    outgoing.end();
  }
}

/**
 * Answers somebody who is still sending what nobody reads, and ends the connection.
 * Closing with unread data makes the system send a reset, which may wipe the answer out of the sender's hands. So the answer
 * goes out complete, the rest is swallowed for a moment, and then the connection ends whatever still comes.
 */
async function respondAndClose(response: Response, outgoing: ServerResponse): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.setHeader("connection", "close");
  outgoing.setHeader("content-length", body.length);
  outgoing.writeHead(response.status);
  outgoing.write(body);
  await swallow(outgoing.req);
  // Node ends the connection with the answer, because of its `Connection: close`.
  outgoing.end();
}

async function swallow(incoming: IncomingMessage): Promise<void> {
  incoming.resume();
  const patience = AbortSignal.timeout(LINGER_MS);
  await finished(incoming, { signal: patience, writable: false }).catch(() => undefined);
}

function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
