interface Changes {
  readonly url?: string;
  readonly headers?: Headers;
}

/**
 * A request as it arrives at a service: with the headers that a browser adds itself and forbids scripts to set (`Origin`),
 * and with a body stream in every engine (Firefox has none on a plain `Request`).
 */
export class SeenRequest extends Request {
  readonly #url: string;
  readonly #headers: Headers;
  readonly #bytes: Uint8Array<ArrayBuffer> | null;
  #body: ReadableStream<Uint8Array<ArrayBuffer>> | null = null;

  private constructor(request: Request, bytes: Uint8Array<ArrayBuffer> | null, { url, headers }: Changes) {
    super(request.url, { method: request.method, signal: request.signal });
    this.#url = url ?? request.url;
    this.#headers = headers ?? request.headers;
    this.#bytes = bytes;
  }

  /** Reads the body of a request, once. */
  static async read(request: Request): Promise<SeenRequest> {
    if (request instanceof SeenRequest) return request;
    const hasBody = request.method !== "GET" && request.method !== "HEAD";
    const bytes = hasBody ? new Uint8Array(await request.arrayBuffer()) : null;
    return new SeenRequest(request, bytes?.length ? bytes : null, {});
  }

  /** The same request from another origin or to another address; its body can be read again. */
  with(changes: Changes): SeenRequest {
    return new SeenRequest(this, this.#bytes, { url: this.#url, headers: this.#headers, ...changes });
  }

  override get url(): string {
    return this.#url;
  }

  override get headers(): Headers {
    return this.#headers;
  }

  override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return (this.#body ??= this.#bytes && new Response(this.#bytes).body);
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#bytes?.slice().buffer ?? new ArrayBuffer(0);
  }
}
