import axios, { AxiosError, type AxiosRequestConfig } from "axios";
import {
  TransportFailure,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from "./transport.ts";

const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const MAX_REQUEST_BYTES = 1024 * 1024;

export interface AxiosTransportOptions {
  /** `fetch` in browsers, `http` in Node unless set. */
  readonly adapter?: "fetch" | "http";
}

/**
 * HTTP by axios, sealed: one request as it was given, no redirect, no proxy, no cookie, no other host, no endless
 * answer. Only this file imports axios, and no AxiosError leaves it (its JSON holds the password and the token).
 */
export function axiosTransport({
  adapter = isNode() ? "http" : "fetch",
}: AxiosTransportOptions = {}): Transport {
  const instance = axios.create();
  // `axios.defaults` belong to whoever shares the package with us: a page's own base URL, parameters or
  // credentials there must not reach this API.
  const defaults = instance.defaults as Record<string, unknown>;
  for (const name of Object.keys(defaults)) delete defaults[name];
  return {
    async send(request) {
      try {
        const { status, headers, data } = await instance.request<unknown>(toConfig(request, adapter));
        // The http adapter hands a redirect over; fetch has already refused it.
        if (status >= 300 && status < 400) throw new TransportFailure("redirect");
        return {
          status,
          headers: toHeaders(headers),
          body: typeof data === "string" ? data : "",
        } satisfies TransportResponse;
      } catch (error) {
        throw error instanceof TransportFailure ? error : toFailure(error, request.signal);
      }
    },
  };
}

/** Complete and without a prototype: nothing is left for axios's own defaults or a polluted `Object.prototype`. */
function toConfig(
  { method, url, headers, body, timeoutMs, signal }: TransportRequest,
  adapter: "fetch" | "http",
): AxiosRequestConfig {
  const { origin, pathname, search } = safeUrl(url);
  return Object.freeze({
    __proto__: null,
    adapter,
    method,
    baseURL: origin,
    url: pathname + search,
    allowAbsoluteUrls: false,
    // `false` keeps axios from adding its own: User-Agent would cost a preflight that no server allows.
    headers: {
      __proto__: null,
      "User-Agent": false,
      ...(body === undefined && { "Content-Type": false }),
      ...headers,
    },
    data: body,
    timeout: timeoutMs,
    signal,
    responseType: "text",
    transformRequest: [],
    transformResponse: [],
    validateStatus: () => true,
    maxContentLength: MAX_ANSWER_BYTES,
    maxBodyLength: MAX_REQUEST_BYTES,
    withCredentials: false,
    withXSRFToken: false,
    xsrfCookieName: "",
    proxy: false,
    ...(adapter === "http"
      ? { maxRedirects: 0 }
      : {
          env: { fetch: fetchWithoutEmptyStreams },
          fetchOptions: { redirect: "error", cache: "no-store", referrerPolicy: "no-referrer" },
        }),
  }) as AxiosRequestConfig;
}

/** Answers that cannot have a body (Fetch §2.2.3). */
const WITHOUT_BODY = new Set([204, 205]);

/** Chromium gives a cross-origin 204 an empty stream; axios would wrap it in a new Response, which must not have one. */
async function fetchWithoutEmptyStreams(...call: Parameters<typeof fetch>): Promise<Response> {
  const answer = await fetch(...call);
  if (!WITHOUT_BODY.has(answer.status) || !answer.body) return answer;
  await answer.body.cancel();
  return new Response(null, { status: answer.status, headers: answer.headers });
}

/** The pipeline builds only such URLs; a second look costs nothing. */
function safeUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url && !url.username && !url.password && !url.pathname.startsWith("//") && url.href === text;
  if (!plain || !/^https?:$/.test(url.protocol)) throw new TransportFailure("connection", { notSent: true });
  return url;
}

function toHeaders(headers: object): Record<string, string> {
  const result = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && value !== null) result[name.toLowerCase()] = String(value);
  return result;
}

/** Errors of the system that come before a connection stands. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

function toFailure(error: unknown, signal: AbortSignal | undefined): TransportFailure {
  if (signal?.aborted) return new TransportFailure("aborted");
  const { code, message, cause } = error instanceof AxiosError ? error : ({} as Partial<AxiosError>);
  const reasons = [code, (cause as { code?: unknown } | undefined)?.code].map(String);
  if (reasons.some((reason) => NOT_SENT.has(reason)))
    return new TransportFailure("connection", { notSent: true });
  if (code === AxiosError.ETIMEDOUT || code === AxiosError.ECONNABORTED)
    return new TransportFailure("timeout");
  if (message?.startsWith("maxContentLength")) return new TransportFailure("too_large");
  if (message?.startsWith("Request body larger")) return new TransportFailure("too_large", { notSent: true });
  if (reasons.some((reason) => reason.startsWith("HPE_"))) return new TransportFailure("unreadable");
  if (/redirect/i.test(String(cause?.message))) return new TransportFailure("redirect");
  return new TransportFailure("connection");
}

function isNode(): boolean {
  const { process } = globalThis as { process?: { versions?: { node?: string } } };
  return typeof window === "undefined" && process?.versions?.node !== undefined;
}
