import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { BlockList, Socket } from "node:net";
import { rawRefusal, refusal } from "./refusal.ts";
import { remoteAddress } from "./remote-address.ts";
import { toRequest, UnusableRequest, UnusableTarget } from "./request.ts";
import { respond } from "./respond.ts";

/** What the connection knows of a call beyond the request itself. */
export interface ConnectionInfo {
  /** Of the client, also behind a configured proxy. */
  readonly ip: string | null;
  /** Of the connection itself. */
  readonly peer: string | null;
}

export interface HttpServerOptions {
  readonly fetch: (request: Request, info: ConnectionInfo) => Promise<Response>;
  /** The address that requests are read against; `Host` never is. */
  readonly baseUrl: () => string | Promise<string>;
  readonly trustedProxies: BlockList;
  readonly onError: (error: unknown) => void;
  /** A whole request, headers and body, has to arrive within this time; 25 s unless told. */
  readonly requestTimeoutMs?: number;
  /** The headers alone; 10 s unless told. */
  readonly headersTimeoutMs?: number;
}

/** A server and whether it is about to stop: then every answer also ends its connection. */
export interface HttpServer {
  readonly server: Server;
  stopping: boolean;
}

/** A plain HTTP server around a `Request → Response` function, with limits against slow and oversized callers. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { requestTimeoutMs = 25_000, headersTimeoutMs = 10_000 } = options;
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      // Refused below, in the core's own words.
      requireHostHeader: false,
      requestTimeout: requestTimeoutMs,
      headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
      keepAliveTimeout: 5_000,
    },
    (incoming, outgoing) => void handle(incoming, outgoing),
  );
  // Whoever does not read the answer is let go as well.
  server.setTimeout(30_000);
  server.on("clientError", refuseConnection);
  // Without listeners the first would be cut off and the second answered with an empty 417.
  server.on("connect", (_request, socket) => {
    socket.end(rawRefusal("method_not_allowed", 405, "Method Not Allowed"), () => socket.destroy());
  });
  server.on("checkExpectation", (_incoming, outgoing) => {
    respond(refusal("malformed_request", 417), outgoing, true).catch(() => outgoing.destroy());
  });
  const state: HttpServer = { server, stopping: false };

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const aborter = new AbortController();
    outgoing.once("close", () => aborter.abort());
    try {
      await respond(await answer(incoming, aborter.signal), outgoing, state.stopping);
    } catch (error) {
      // The caller has gone: nobody to tell.
      if (!aborter.signal.aborted) options.onError(error);
      outgoing.destroy();
    }
  }

  async function answer(incoming: IncomingMessage, signal: AbortSignal): Promise<Response> {
    // The web's `Request` does not know them (and nothing here wants them).
    if (incoming.method === "TRACE" || incoming.method === "CONNECT") return refusal("method_not_allowed");
    try {
      const request = toRequest(incoming, await options.baseUrl(), signal);
      const peer = incoming.socket.remoteAddress?.replace(/^::ffff:/, "") ?? null;
      return await options.fetch(request, { ip: remoteAddress(incoming, options.trustedProxies), peer });
    } catch (error) {
      if (error instanceof UnusableTarget) return refusal("not_found");
      if (error instanceof UnusableRequest) return refusal("malformed_request");
      if (signal.aborted) throw error;
      options.onError(error);
      return refusal("internal_error");
    }
  }

  return state;
}

/** What could not be read as HTTP: too large, too slow, or no HTTP at all. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
  const text =
    error.code === "HPE_HEADER_OVERFLOW"
      ? rawRefusal("headers_too_large", 431, "Request Header Fields Too Large")
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? rawRefusal("malformed_request", 408, "Request Timeout")
        : rawRefusal("malformed_request", 400, "Bad Request");
  socket.end(text, () => socket.destroy());
}
