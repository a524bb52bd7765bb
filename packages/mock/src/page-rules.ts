import { SeenRequest } from "./seen-request.ts";

/** What a script may read of an answer from another origin without being told (Fetch, CORS-safelisted response-header names). */
const SAFELISTED_RESPONSE = [
  "cache-control",
  "content-language",
  "content-length",
  "content-type",
  "expires",
  "last-modified",
  "pragma",
];
/** Headers that need no permission, or that the browser itself sets. */
const UNASKED_REQUEST =
  /^(accept|accept-.*|content-language|content-length|connection|cookie|dnt|host|origin|priority|referer|te|user-agent|upgrade-insecure-requests|via|cache-control|pragma|if-none-match|if-modified-since|(sec|proxy)-.*)$/;
const SIMPLE_METHODS = ["GET", "HEAD", "POST"];
const SIMPLE_CONTENT_TYPE =
  /^\s*(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(;|$)/i;

type Answer = (request: Request) => Promise<Response>;

/** Thrown where a browser would refuse a page on another origin; the page sees a failed connection and nothing else. */
export class BlockedByCors extends Error {
  constructor(reason: string) {
    super(`A browser would block this: ${reason}`);
    this.name = "BlockedByCors";
  }
}

/**
 * Calls an API as a browser does for a page on another origin: with `Origin`, with a preflight, and only what the API exposes
 * comes back. A mock that skipped these rules would pass calls that fail against a real server.
 */
export function asPage(answer: Answer, origin: string): Answer {
  // As a browser does, an allowance is asked for once; the service grants it for ten minutes.
  const granted = new Set<string>();
  return async (sent) => {
    const request = await SeenRequest.read(sent);
    // Same origin: no rules to follow (and no `Origin` with a plain GET).
    if (new URL(request.url).origin === origin) return answer(request);
    const asked = askedHeaders(request.headers);
    const grant = `${request.method} ${request.url} ${asked.join()}`;
    if ((asked.length > 0 || !SIMPLE_METHODS.includes(request.method)) && !granted.has(grant)) {
      await preflight(answer, request, origin, asked);
      granted.add(grant);
    }
    const response = await answer(withOrigin(request, origin));
    checkOrigin(response, origin, "the answer does not admit the origin");
    return onlyExposed(response);
  };
}

async function preflight(
  answer: Answer,
  request: SeenRequest,
  origin: string,
  asked: string[],
): Promise<void> {
  const headers = {
    "access-control-request-method": request.method,
    ...(asked.length > 0 && { "access-control-request-headers": asked.join(",") }),
  };
  const options = await SeenRequest.read(new Request(request.url, { method: "OPTIONS" }));
  const response = await answer(withOrigin(options, origin, headers));
  if (!response.ok) throw new BlockedByCors(`the preflight answered ${response.status}`);
  checkOrigin(response, origin, "the preflight does not admit the origin");
  const methods = list(response, "access-control-allow-methods");
  if (!SIMPLE_METHODS.includes(request.method) && !methods.includes(request.method.toLowerCase())) {
    throw new BlockedByCors(`the method ${request.method} is not allowed`);
  }
  const allowed = list(response, "access-control-allow-headers");
  const refused = asked.filter((name) => !allowed.includes(name));
  if (refused.length > 0) throw new BlockedByCors(`the header ${refused[0]} is not allowed`);
}

function askedHeaders(headers: Headers): string[] {
  return [...headers]
    .filter(([name, value]) =>
      name === "content-type" ? !SIMPLE_CONTENT_TYPE.test(value) : !UNASKED_REQUEST.test(name),
    )
    .map(([name]) => name)
    .sort();
}

function checkOrigin(response: Response, origin: string, problem: string): void {
  const admitted = response.headers.get("access-control-allow-origin");
  if (admitted !== origin && admitted !== "*") throw new BlockedByCors(problem);
}

function onlyExposed(response: Response): Response {
  const exposed = [...SAFELISTED_RESPONSE, ...list(response, "access-control-expose-headers")];
  const headers = [...response.headers].filter(([name]) => exposed.includes(name));
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

function list(response: Response, name: string): string[] {
  return (response.headers.get(name) ?? "").split(",").map((entry) => entry.trim().toLowerCase());
}

function withOrigin(request: SeenRequest, origin: string, more: Record<string, string> = {}): SeenRequest {
  return request.with({ headers: new Headers({ ...Object.fromEntries(request.headers), origin, ...more }) });
}
