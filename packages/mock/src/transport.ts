import type { Transport, TransportFailure, TransportRequest, TransportResponse } from "@welby/sdk/transport";
import type { Mock } from "./mock.ts";

/**
 * A transport for `createClient` that calls the mock in the same process: no network, no service worker.
 * For pages where a worker cannot start (Trusted Types), for stories, and for tests that need no HTTP.
 * @example createClient({ baseUrl: mock.baseUrl, clientId: "demo-portal", store: "memory", transport: mockTransport(mock) });
 */
export function mockTransport(mock: Mock): Transport {
  return {
    async send({
      url,
      method,
      headers,
      body,
      timeoutMs,
      signal,
    }: TransportRequest): Promise<TransportResponse> {
      if (signal?.aborted) throw failure("aborted", true);
      if (!url.startsWith(`${mock.baseUrl}/`)) throw failure("connection", true);
      const ended = new AbortController();
      const stopped = stopAfter(timeoutMs, signal, ended);
      try {
        const request = new Request(url, {
          method,
          headers,
          signal: ended.signal,
          ...(body !== undefined && { body }),
        });
        return await Promise.race([exchange(mock, request), stopped.failed]);
      } catch (error) {
        throw isFailure(error) ? error : failure("connection");
      } finally {
        stopped.clear();
      }
    },
  };
}

async function exchange(mock: Mock, request: Request): Promise<TransportResponse> {
  const response = await mock.fetch(request, { origin: mock.origin });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

/** Rejects when time is up or the caller gives up, and ends what still runs. */
function stopAfter(timeoutMs: number, signal: AbortSignal | undefined, ended: AbortController) {
  let clear: () => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    const stop = (kind: "timeout" | "aborted") => {
      reject(failure(kind));
      ended.abort();
    };
    const onAbort = () => stop("aborted");
    // Longer than a timer can count means no limit.
    const timer = timeoutMs < 2 ** 31 ? setTimeout(() => stop("timeout"), timeoutMs) : undefined;
    signal?.addEventListener("abort", onAbort, { once: true });
    clear = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
  });
  return { failed, clear };
}

/** The client tells a transport's failure by its name, so that a mock need not load the client. */
function failure(kind: TransportFailure["kind"], notSent = false): Error {
  return Object.assign(new Error(`Transport failed: ${kind}`), { name: "TransportFailure", kind, notSent });
}

function isFailure(error: unknown): error is Error {
  return error instanceof Error && error.name === "TransportFailure";
}
