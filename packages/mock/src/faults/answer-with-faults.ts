import type { Clock, Store } from "@welby/backend/ports";
import { errors } from "@welby/contract";
import { ConnectionDropped, type Fault } from "./fault.ts";

/** Answers a call with its faults: delays and other people's changes add up, the first of the rest decides. */
export async function answerWithFaults(
  faults: readonly Fault[],
  request: Request,
  world: { readonly store: Store; readonly clock: Clock },
  answer: () => Promise<Response>,
): Promise<Response> {
  for (const fault of faults) {
    if (fault.kind === "delay") await delay(fault.ms, request.signal);
    if (fault.kind === "meanwhile") await fault.run(world);
  }
  const decisive = faults.find(({ kind }) => kind !== "delay" && kind !== "meanwhile");
  switch (decisive?.kind) {
    case "problem":
      return problemResponse(decisive);
    case "answer":
      return Response.json(decisive.body, { status: decisive.status ?? 200 });
    case "html":
      return htmlResponse(decisive.status ?? 200);
    case "truncated":
      return truncated(await answer());
    case "drop":
      if (decisive.when === "after") await answer();
      throw new ConnectionDropped();
    default:
      return answer();
  }
}

function problemResponse({ code, retryAfterSec }: Fault & { kind: "problem" }): Response {
  const requestId = crypto.randomUUID();
  const { status } = errors[code];
  if (status === 0) throw new TypeError(`${code} is made by the client; no service answers it`);
  const body = {
    type: `urn:welby:problem:${code}`,
    title: code.replaceAll("_", " "),
    status,
    code,
    requestId,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      "cache-control": "no-store",
      "welby-request-id": requestId,
      ...(retryAfterSec !== undefined && { "retry-after": String(retryAfterSec) }),
    },
  });
}

function htmlResponse(status: number): Response {
  return new Response("<!doctype html><title>Sign in to the network</title><p>Please accept the terms.", {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
  });
}

/** Half of the bytes under the headers of the whole. */
async function truncated(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  const half = bytes.slice(0, Math.floor(bytes.length / 2));
  return new Response(bytes.length === 0 ? null : half, { status: response.status, headers });
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new ConnectionDropped());
    };
    if (signal.aborted) return void reject(new ConnectionDropped());
    signal.addEventListener("abort", stop, { once: true });
    // A timer takes no Infinity; without one the call waits until its sender gives up.
    const timer = Number.isFinite(ms)
      ? setTimeout(() => {
          signal.removeEventListener("abort", stop);
          resolve();
        }, ms)
      : undefined;
  });
}
