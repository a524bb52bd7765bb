import type { IncomingMessage } from "node:http";
import { ReadableStream } from "node:stream/web";

/** A request target that names no resource of this server. */
export class UnusableTarget extends Error {}

/** A request that two servers could read in two ways: without its one `Host`, or in a transfer coding that is not read here. */
export class UnusableRequest extends Error {}

/**
 * The web standard's `Request` of a call. Its address is the configured one plus the path: what the caller wrote into `Host`
 * or before the path of an absolute-form target decides nothing. The body is read as the reader asks for it, never ahead.
 * @throws UnusableTarget for `*`, dot segments and the like @throws UnusableRequest
 */
export function toRequest(incoming: IncomingMessage, baseUrl: string, signal: AbortSignal): Request {
  checkFraming(incoming);
  const headers = new Headers();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] ?? "", incoming.rawHeaders[index + 1] ?? "");
  }
  const body = bodyOf(incoming);
  return new Request(baseUrl + pathOf(incoming.url ?? ""), {
    method: incoming.method ?? "GET",
    headers,
    signal,
    ...(body && { body, duplex: "half" }),
  } as RequestInit);
}

/** RFC 9112 §3.2 and §6.1. */
function checkFraming({ httpVersion, rawHeaders, headers }: IncomingMessage): void {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;
  const coding = headers["transfer-encoding"];
  if (hosts > 1 || (hosts === 0 && httpVersion !== "1.0")) throw new UnusableRequest();
  if (coding !== undefined && coding.trim().toLowerCase() !== "chunked") throw new UnusableRequest();
}

/** Path and query of an origin-form or absolute-form target (RFC 9112 §3.2). */
function pathOf(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, "").replace(/^(?=\?)/, "/") || "/";
  if (!path.startsWith("/")) throw new UnusableTarget();
  // No request target holds them; `URL` would take one for a slash and cut the other off, and a proxy in front would not.
  if (/[\\#]/.test(path)) throw new UnusableTarget();
  // `URL` would quietly walk up the tree, and another resource would answer than the one that was asked for.
  if (/(^|[/\\])(\.|%2e){1,2}([/\\?#]|$)/i.test(path.split("?", 1)[0] ?? "")) throw new UnusableTarget();
  return path;
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> | undefined {
  if (incoming.method === "GET" || incoming.method === "HEAD") return undefined;
  const announced =
    incoming.headers["transfer-encoding"] !== undefined ||
    Number(incoming.headers["content-length"] ?? 0) > 0;
  if (!announced) return undefined;
  // A reader that stops early (413) must still be able to answer, so the connection stays.
  return ReadableStream.from(incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>);
}
