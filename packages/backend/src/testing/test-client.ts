import { operations, pathParameters, type OperationId, type OperationRow } from "@welby/contract";
import { base64url, exportJWK, generateKeyPair, SignJWT, type JWK } from "jose";

/*
 * A small signed client for tests of the API: no retries, no storage, no opinions. It holds one key and one session.
 *
 *   const client = await createTestClient({ fetch: backend.fetch, clientId: "demo-portal" });
 *   await client.signIn("suzuki@minato.example.jp");                        // remembers the grant
 *   const { status, headers, body } = await client.send("createGroup", { name: "外来A" });
 *   await client.send("changeStaffRole", { staffId, role: "staff", version: 3 }); // flat input, as in the contract
 *   await client.send("getMe", {}, { session: null });                      // without a token
 *   await client.request("POST", "/v1/groups", { body: "{" , headers: { "content-type": "application/json" } });
 */

/** What a backend, a server or a mock offers. */
export type Fetch = (request: Request, info?: { ip?: string }) => Promise<Response>;

export interface TestClientOptions {
  readonly fetch: Fetch;
  /** Public base URL of the API; `https://api.example.jp` unless set. */
  readonly baseUrl?: string;
  readonly clientId?: string;
  readonly binding?: "dpop" | "bearer";
  /** Sent as `Origin` with every call, as a browser page would. */
  readonly origin?: string;
  readonly ip?: string;
  /** The clock that proofs are dated with: the device's, not the server's. */
  readonly now?: () => Date;
  /** Share the key of another client: a second tab of the same device. */
  readonly keyPair?: CryptoKeyPair;
}

/** Tokens of a session, as the API hands them out. */
export interface TestSession {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, the text when it is none, or null for an empty answer. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers freely
  readonly body: any;
}

export interface SendOptions {
  /** Added last, so they win; an empty text removes a header. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `null` sends no token; another session's tokens may be given. */
  readonly session?: TestSession | null;
  /** Made for operations that require one; `null` sends none. */
  readonly idempotencyKey?: string | null;
  readonly ip?: string;
}

export interface RequestOptions extends SendOptions {
  readonly body?: string;
  /** Repeat once with the server's nonce when asked to; true unless set. */
  readonly followNonce?: boolean;
}

export interface TestClient {
  readonly clientId: string;
  readonly keyPair: CryptoKeyPair;
  readonly publicJwk: JWK;
  /** The session that calls use; set by `signIn` and by whatever answers with a grant. */
  session: TestSession | null;
  /** The last `DPoP-Nonce` that the server gave. */
  nonce: string | null;
  /** Sends an operation by its id with the flat input of the contract; takes over grants in the answer. */
  send(
    id: OperationId,
    input?: Readonly<Record<string, unknown>>,
    options?: SendOptions,
  ): Promise<TestAnswer>;
  /** Signs in; the seed's password unless given. */
  signIn(loginId: string, password?: string, audience?: "staff" | "patient"): Promise<TestAnswer>;
  refresh(refreshToken?: string): Promise<TestAnswer>;
  reauthenticate(password?: string): Promise<TestAnswer>;
  /** Any request at all, signed as the client's binding demands. */
  request(method: string, path: string, options?: RequestOptions): Promise<TestAnswer>;
  /** A DPoP proof by RFC 9449; `claims` and `header` overwrite what it would say. */
  proof(
    method: string,
    path: string,
    accessToken?: string | null,
    claims?: Record<string, unknown>,
    header?: Record<string, unknown>,
  ): Promise<string>;
}

/** The password of every seeded account. */
export const SEED_PASSWORD = "asagao-tegami-koharu-7";
export const TEST_BASE_URL = "https://api.example.jp";

/** Makes a client with a fresh P-256 key, as one device. */
export async function createTestClient(options: TestClientOptions): Promise<TestClient> {
  const {
    fetch,
    baseUrl = TEST_BASE_URL,
    clientId = "demo-portal",
    binding = "dpop",
    now = () => new Date(),
  } = options;
  const keyPair = options.keyPair ?? (await generateKeyPair("ES256", { extractable: true }));
  const { kty, crv, x, y } = await exportJWK(keyPair.publicKey);
  const publicJwk = { kty, crv, x, y } as JWK;

  const client: TestClient = {
    clientId,
    keyPair,
    publicJwk,
    session: null,
    nonce: null,

    async proof(method, path, accessToken = null, claims = {}, header = {}) {
      const htu = new URL(baseUrl + path);
      htu.search = htu.hash = "";
      const payload = {
        jti: crypto.randomUUID(),
        htm: method,
        htu: htu.href,
        iat: Math.floor(now().getTime() / 1000),
        ...(client.nonce !== null && { nonce: client.nonce }),
        ...(accessToken !== null && { ath: await sha256(accessToken) }),
        ...claims,
      };
      return new SignJWT(payload)
        .setProtectedHeader({ typ: "dpop+jwt", alg: "ES256", jwk: publicJwk, ...header })
        .sign(keyPair.privateKey);
    },

    async request(
      method,
      path,
      { body, headers = {}, session = null, ip = options.ip, followNonce = true } = {},
    ) {
      const sent = new Headers({ "welby-client": clientId });
      if (options.origin !== undefined) sent.set("origin", options.origin);
      if (binding === "dpop") sent.set("dpop", await client.proof(method, path, session?.accessToken));
      if (session)
        sent.set("authorization", `${binding === "dpop" ? "DPoP" : "Bearer"} ${session.accessToken}`);
      for (const [name, value] of Object.entries(headers)) {
        if (value === "") sent.delete(name);
        else sent.set(name, value);
      }
      const request = new Request(baseUrl + path, {
        method,
        headers: sent,
        ...(body !== undefined && { body }),
      });
      // A browser forbids scripts to set Origin; a test of the core has to.
      const response = await fetch(request, ip === undefined ? {} : { ip });
      client.nonce = response.headers.get("dpop-nonce") ?? client.nonce;
      const answer = await read(response);
      const retry = followNonce && !("dpop" in headers) && codeOf(answer) === "use_dpop_nonce";
      return retry
        ? client.request(method, path, {
            headers,
            session,
            followNonce: false,
            ...(body !== undefined && { body }),
            ...(ip !== undefined && { ip }),
          })
        : answer;
    },

    async send(id, input = {}, { headers = {}, session = client.session, idempotencyKey, ip } = {}) {
      const operation: OperationRow = operations[id];
      const { path, body, version } = split(operation, input);
      const key =
        idempotencyKey === undefined
          ? operation.idempotency === "required"
            ? crypto.randomUUID()
            : null
          : idempotencyKey;
      const answer = await client.request(operation.method, path, {
        headers: {
          ...(body !== undefined && { "content-type": "application/json" }),
          ...(version !== undefined && { "if-match": `"${headerText(version)}"` }),
          ...(key !== null && { "idempotency-key": key }),
          ...headers,
        },
        session: operation.authentication === "access" ? session : null,
        ...(body !== undefined && { body }),
        ...(ip !== undefined && { ip }),
      });
      client.session = grantIn(answer) ?? client.session;
      if (answer.status === 204 && id === "signOut") client.session = null;
      return answer;
    },

    signIn: (loginId, password = SEED_PASSWORD, audience = "staff") =>
      client.send("signIn", { audience, loginId, password }),
    refresh: (refreshToken = client.session?.refreshToken) => client.send("refreshToken", { refreshToken }),
    reauthenticate: (password = SEED_PASSWORD) =>
      client.send("reauthenticate", { refreshToken: client.session?.refreshToken, password }),
  };
  return client;
}

/** Puts each part of a flat input where the operation wants it. */
function split(operation: OperationRow, input: Readonly<Record<string, unknown>>) {
  const rest: Record<string, unknown> = { ...input };
  const take = (name: string) => {
    const value = rest[name];
    delete rest[name];
    return value;
  };
  let path = operation.path as string;
  for (const name of pathParameters(operation.path)) path = path.replace(`{${name}}`, segment(take(name)));
  const version = operation.ifMatch ? take("version") : undefined;
  if (operation.body) return { path, version, body: JSON.stringify(rest) };
  const query = new URLSearchParams(
    Object.entries(rest).map(([name, value]) => [name, asText(value)]),
  ).toString();
  return { path: query ? `${path}?${query}` : path, version, body: undefined };
}

/** Half of a surrogate pair cannot stand in a URL. */
function segment(value: unknown): string {
  return encodeURIComponent(asText(value).replace(/\p{Surrogate}/gu, "\uFFFD"));
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
}

/** Nothing but visible ASCII can stand in a header. */
function headerText(value: unknown): string {
  return asText(value).replace(/[^!-~]/g, "?");
}

function codeOf(answer: TestAnswer): unknown {
  return (answer.body as { code?: unknown } | null)?.code;
}

/** The tokens in an answer, whether they are the answer or a part of it. */
function grantIn({ status, body }: TestAnswer): TestSession | undefined {
  if (status !== 200) return undefined;
  const answer = body as { grant?: Partial<TestSession> } & Partial<TestSession>;
  const grant = answer.grant ?? answer;
  return typeof grant.refreshToken === "string" ? (grant as TestSession) : undefined;
}

async function read(response: Response): Promise<TestAnswer> {
  const text = await response.text();
  let body: unknown = text === "" ? null : text;
  try {
    if (text !== "") body = JSON.parse(text);
  } catch {
    // Not JSON: the text itself is what the test gets.
  }
  return { status: response.status, headers: response.headers, body };
}

async function sha256(text: string): Promise<string> {
  return base64url.encode(
    new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
  );
}
