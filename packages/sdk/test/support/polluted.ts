// A process whose Object.prototype was polluted before and after the client was loaded; run by polluted.test.ts.
import { createClient } from "../../src/index.ts";
import { axiosTransport } from "../../src/transport/axios.ts";

const [, , baseUrl = "", evilUrl = "", adapter = "http", when = "after"] = process.argv;

/**
 * Names that Node itself reads from the prototype and then fails at, whoever uses it: its http client (which is why
 * timeout, signal and content-type are not in the list at all), its fetch, its import().
 */
const NODES_OWN = [
  ...(adapter === "fetch" ? ["status", "socketPath", "method", "headers"] : []),
  ...(when === "before" ? ["auth", "version"] : []),
];
const POISON: Record<string, unknown> = {
  baseURL: evilUrl,
  baseUrl: evilUrl,
  url: `${evilUrl}/steal`,
  method: "DELETE",
  data: "evil",
  params: { evil: 1 },
  headers: { "x-evil": "1" },
  proxy: { host: "127.0.0.1", port: Number(new URL(evilUrl).port), protocol: "http" },
  auth: { username: "evil", password: "evil" },
  adapter: () => Promise.resolve({ status: 200, data: "{}", headers: {} }),
  transport: {
    send: () => {
      throw new Error("evil transport");
    },
    request: () => {
      throw new Error("evil");
    },
  },
  transformRequest: [() => "evil"],
  transformResponse: [() => "evil"],
  validateStatus: () => false,
  paramsSerializer: () => "evil=1",
  socketPath: "/tmp/evil.sock",
  httpAgent: {},
  httpsAgent: {},
  lookup: () => {
    throw new Error("evil lookup");
  },
  beforeRedirect: () => {},
  maxRedirects: 5,
  cancelToken: {},
  responseType: "stream",
  withCredentials: true,
  xsrfCookieName: "evil",
  xsrfHeaderName: "x-evil",
  withXSRFToken: true,
  fetchOptions: { redirect: "follow" },
  env: {
    fetch: () => {
      throw new Error("evil fetch");
    },
  },
  formSerializer: {},
  decompress: false,
  insecureHTTPParser: true,
  parseReviver: () => "evil",
  maxContentLength: 1,
  maxBodyLength: 1,
  allowAbsoluteUrls: true,
  onUploadProgress: () => {},
  onDownloadProgress: () => {},
  httpVersion: 2,
  store: "localStorage",
  tokenBinding: "bearer",
  locale: "xx",
  retry: { maxRetries: 5 },
  timeoutMs: { attempt: 1, total: 1 },
  logger: {
    debug: () => {
      throw new Error("evil");
    },
    warn: () => {},
  },
  idempotencyKey: "evil",
  idempotency: "optional",
  safe: true,
  authentication: "none",
  clientless: true,
  ifMatch: true,
  raw: true,
  produces: "text/html",
  sensitive: [],
  result: undefined,
  stepUp: true,
  attemptMs: 1,
  totalMs: 1,
  repeatable: true,
  notSent: true,
  attempt: 1,
  total: 1,
  version: 9,
  role: "admin",
  limit: 9999,
  cursor: "evil",
  scope: "all",
  challenge: "evil",
  grant: {},
  code: "evil",
  status: 299,
  requestId: "evil",
  errors: [{ path: "evil", code: "evil" }],
  retryAfterMs: 1,
  outcomeUnknown: true,
  fieldErrors: [],
  conflicts: [{ id: "evil" }],
  "x-evil": "1",
  authorization: "Bearer evil",
  dpop: "evil",
  date: "Mon, 01 Jan 2001 00:00:00 GMT",
  "dpop-nonce": "evil",
  "retry-after": "1",
  "welby-request-id": "evil",
};
function pollute(): void {
  for (const [name, value] of Object.entries(POISON)) {
    if (NODES_OWN.includes(name)) continue;
    Object.defineProperty(
      Object.prototype,
      name,
      Object.assign(Object.create(null), {
        value,
        enumerable: when === "after",
        configurable: true,
        writable: true,
      }) as PropertyDescriptor,
    );
  }
}
/** zod cannot make a schema at all under an enumerable pollution; it refuses, which is safe. */
/** Only the client's own work is looked at: the test's servers run in another process. */
function clean(): void {
  for (const name of Object.keys(POISON)) delete (Object.prototype as Record<string, unknown>)[name];
}

if (when === "before") pollute();
const options = Object.assign(Object.create(null), {
  baseUrl,
  clientId: "demo-portal",
  store: "memory",
  transport: axiosTransport({ adapter: adapter as "http" }),
}) as { baseUrl: string; clientId: string; store: "memory" };
const client = createClient(options);
// Node's own import() stumbles over some of these names, so everything is loaded and used once before.
if (when === "after") await calls(() => {});
pollute();

const report: unknown[] = [];
await calls((name, outcome) => report.push([name, outcome]));
clean();
process.stdout.write(JSON.stringify({ report, state: client.session.state }));
process.exit(0);

async function calls(done: (name: string, outcome: object) => void): Promise<void> {
  const own = (error: object, name: string) =>
    Object.hasOwn(error, name) ? (error as Record<string, unknown>)[name] : undefined;
  const attempt = async (name: string, call: () => PromiseLike<unknown>) => {
    const outcome = await Promise.resolve(call()).then(
      (value) => ({ value }),
      (error: Error) => ({
        code: own(error, "code") ?? error.message,
        fieldErrors: own(error, "fieldErrors"),
      }),
    );
    done(name, outcome);
  };
  const signIn = { audience: "staff", loginId: "a@example.jp", password: "asagao-tegami-koharu-7" } as const;
  await attempt("signIn", () => client.auth.signIn(signIn));
  await attempt("me", () => client.me.get());
  await attempt("create", () => client.groups.create({ name: "外来A" }));
  await attempt("changeRole", () =>
    client.staff.changeRole({ staffId: "0b0f7d34-6c1e-4b5e-9a70-3d2f0c5f8a11", role: "staff", version: 3 }),
  );
  await attempt("list", () => client.staff.list());
  await attempt("signOut", () => client.auth.signOut());
}
