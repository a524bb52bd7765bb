/** One HTTP exchange. The pipeline has validated, signed and addressed the request before it comes here. */
export interface TransportRequest {
  readonly method: string;
  /** Absolute URL under the client's base URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface TransportResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text; parsing is the pipeline's. */
  readonly body: string;
}

/** Sends one request. Never follows a redirect. @throws TransportFailure */
export interface Transport {
  send(request: TransportRequest): Promise<TransportResponse>;
}

/** Why nothing usable came back. Holds no request and no response. */
export class TransportFailure extends Error {
  readonly kind: "connection" | "timeout" | "aborted" | "redirect" | "too_large" | "unreadable";
  /** True only if no byte of the request can have reached the server. */
  readonly notSent: boolean;
  constructor(kind: TransportFailure["kind"], options: { readonly notSent?: boolean } = {}) {
    super(`Transport failed: ${kind}`);
    this.name = "TransportFailure";
    this.kind = kind;
    this.notSent = options.notSent === true;
  }
}
