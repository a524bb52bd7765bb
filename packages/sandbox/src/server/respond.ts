import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

/** What is read and thrown away of a body that nobody wanted, so that its sender gets to see the answer. */
const LINGER_MS = 1_000;

/** Writes a `Response` to the connection, as fast as the other side reads it. */
export async function respond(response: Response, outgoing: ServerResponse, closing: boolean): Promise<void> {
  const { req: incoming } = outgoing;
  const unread = !incoming.complete && hasBody(incoming.headers);
  for (const [name, value] of response.headers) {
    if (name !== "set-cookie") outgoing.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
  if (closing || unread) outgoing.setHeader("connection", "close");
  outgoing.writeHead(response.status);
  if (response.body && incoming.method !== "HEAD") {
    await pipeline(Readable.fromWeb(response.body as NodeReadableStream), outgoing);
  } else {
    await response.body?.cancel();
    outgoing.end();
  }
  if (unread) linger(outgoing);
}

/**
 * Closing at once with unread data makes the system send a reset, which may wipe the answer out of the sender's hands.
 * So it is swallowed for a moment; then the connection ends whatever still comes.
 */
function linger(outgoing: ServerResponse): void {
  const { socket } = outgoing.req;
  outgoing.req.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once("close", () => clearTimeout(timer));
}

function hasBody(headers: NodeJS.Dict<string | string[]>): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
