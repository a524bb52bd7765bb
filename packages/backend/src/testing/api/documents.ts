import { SEED_PASSWORD } from "../test-client.ts";
import type { Recorder } from "./recorder.ts";

/** What everybody may read. */
export async function documents(t: Recorder): Promise<void> {
  t.section("documents");
  const device = await t.page();
  await device.call("with a client", "200", "getMeta");
  await device.call("of the white paper", "200", "getPromises");
  await device.call("of みなと", "200", "getPasswordPolicy");
  const university = await t.page({ clientId: "kakuu-portal" });
  await university.call("where a second factor is enforced", "200", "getPasswordPolicy");
  for (const id of ["getHealth", "getOpenApi", "getSecurityTxt", "getJwks"] as const) {
    await device.call("without a client", "200", id, {}, { headers: { "welby-client": "", dpop: "" } });
  }
}

/** Pages on other origins. */
export async function origins(t: Recorder): Promise<void> {
  t.section("origins");
  const page = await t.page({ clientId: "demo-server" });
  await page.raw("a page as a client without pages", "no answer", "GET", "/v1/meta");
  const own = await t.page();
  const debug = { headers: { "x-debug": "1" } };
  await own.raw("a page with a header that is not allowed", "no answer", "GET", "/v1/meta", debug);
  await own.raw("a page with a method that is not allowed", "no answer", "PROPFIND", "/v1/me");

  const { origin } = t.target;
  const refused = "403 origin_not_allowed";
  const foreign = await t.machine({ origin: "https://evil.example" });
  await foreign?.raw("an unlisted origin", refused, "GET", "/v1/meta");
  await foreign?.raw("an unlisted origin without a client", refused, "GET", "/v1/meta", {
    headers: { "welby-client": "" },
  });
  await foreign?.raw("an unlisted origin for a document", refused, "GET", "/health");
  const nowhere = await t.machine({ origin: "null" });
  await nowhere?.raw("an origin that is null", refused, "GET", "/v1/meta");
  const near = await t.machine({ origin: `${origin}.evil.example` });
  await near?.raw("an origin that begins like a listed one", refused, "GET", "/v1/meta");
  const server = await t.machine({ origin, clientId: "demo-server" });
  await server?.raw("an origin of other clients", refused, "GET", "/v1/meta");
  const listed = await t.machine({ origin });
  await listed?.raw("a listed origin", "200", "GET", "/v1/meta");
  await listed?.raw("a listed origin without a client", "400 client_required", "GET", "/v1/meta", {
    headers: { "welby-client": "" },
  });

  const ask = { "access-control-request-method": "PUT", "access-control-request-headers": "dpop,if-match" };
  const preflight = { headers: { ...ask, "welby-client": "", dpop: "" } };
  await listed?.raw("a preflight", "204", "OPTIONS", "/v1/staff", preflight);
  await listed?.raw("a preflight for an address that is none", "204", "OPTIONS", "/nowhere", preflight);
  await foreign?.raw("a preflight from an unlisted origin", refused, "OPTIONS", "/v1/staff", preflight);
  const large = { headers: { "x-padding": "x".repeat(15_900) } };
  await listed?.raw("headers of more than 16 kB", "431 headers_too_large", "GET", "/v1/meta", large);
}

/** A server of a hospital: bearer tokens, no origin. */
export async function bearer(t: Recorder): Promise<void> {
  t.section("bearer");
  const server = await t.machine({ clientId: "demo-server", binding: "bearer" });
  if (!server) return;
  const credentials = { audience: "staff", loginId: "tanaka@minato.example.jp", password: SEED_PASSWORD };
  await server.call("without a key", "200", "signIn", credentials);
  await server.call("with a bearer token", "200", "getMe");
  const { session } = server.client;
  const bound = await t.machine();
  await bound?.call("a bearer token as a bound one", "401 unauthenticated", "getMe", {}, { session });
  const page = await t.signedIn("tanaka@minato.example.jp");
  await server.call(
    "a bound token as a bearer token",
    "401 unauthenticated",
    "getMe",
    {},
    { session: page.client.session },
  );
  await server.call("a new pair", "200", "refreshToken", { refreshToken: session?.refreshToken });
  const encoded = { headers: { "content-encoding": "gzip" } };
  await server.call("a packed body", "415 unsupported_media_type", "signOut", { refreshToken: "x" }, encoded);
  await server.call("the end", "204", "signOut", { refreshToken: server.client.session?.refreshToken });
}
