import { randomUUID } from "node:crypto";
import { errors, type ErrorCode } from "@welby/contract/errors";

const MEDIA_TYPE = "application/problem+json; charset=utf-8";

/** A refusal that the server makes itself, before the core has a request to look at. */
export function refusal(code: ErrorCode, status: number = errors[code].status): Response {
  const requestId = randomUUID();
  return new Response(problemText(code, status, requestId), {
    status,
    headers: {
      "content-type": MEDIA_TYPE,
      "cache-control": "no-store",
      vary: "Origin",
      "x-content-type-options": "nosniff",
      "welby-request-id": requestId,
    },
  });
}

/** The same as raw HTTP, for a connection on which no request could be read. */
export function rawRefusal(code: ErrorCode, status: number, reason: string): string {
  const requestId = randomUUID();
  const body = problemText(code, status, requestId);
  return [
    `HTTP/1.1 ${status} ${reason}`,
    `Date: ${new Date().toUTCString()}`,
    `Content-Type: ${MEDIA_TYPE}`,
    "Cache-Control: no-store",
    "Vary: Origin",
    "X-Content-Type-Options: nosniff",
    `Welby-Request-Id: ${requestId}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}

function problemText(code: ErrorCode, status: number, requestId: string): string {
  // As the core writes them: nobody should be able to tell who refused.
  const [type, title] = [`urn:welby:problem:${code}`, code.replaceAll("_", " ")];
  return JSON.stringify({ type, title, status, code, requestId });
}
