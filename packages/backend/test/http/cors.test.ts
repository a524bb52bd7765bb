import assert from "node:assert/strict";
import { test } from "node:test";
import { createWorld, PORTAL } from "../support/world.ts";

const SAKURA_PORTAL = "https://sakura.example.jp";
const world = await createWorld();
await world.store.transaction((transaction) =>
  transaction.partnerClients.update({ clientId: "sakura-portal" }, { allowedOrigins: [SAKURA_PORTAL] }),
);

function call(path: string, headers: Record<string, string>, method = "GET") {
  return world.backend.fetch(new Request(`https://api.example.jp${path}`, { method, headers }));
}
const preflight = (origin: string) =>
  call(
    "/v1/me",
    { origin, "access-control-request-method": "GET", "access-control-request-headers": "dpop,welby-client" },
    "OPTIONS",
  );

function assertNoCors(response: Response) {
  for (const [name] of response.headers) assert.doesNotMatch(name, /^access-control-/);
}

test("a preflight is answered for every listed origin, with the headers that the client sends", async () => {
  for (const origin of [PORTAL, SAKURA_PORTAL]) {
    const response = await preflight(origin);
    assert.equal(response.status, 204);
    assert.equal(response.headers.get("access-control-allow-origin"), origin);
    assert.equal(
      response.headers.get("access-control-allow-headers"),
      "Authorization, DPoP, Welby-Client, Idempotency-Key, If-Match, Content-Type, traceparent",
    );
    assert.deepEqual(response.headers.get("access-control-allow-methods")?.split(", ").sort(), [
      "DELETE",
      "GET",
      "PATCH",
      "POST",
      "PUT",
    ]);
    assert.equal(response.headers.get("access-control-allow-credentials"), null);
    assert.equal(response.headers.get("vary"), "Origin");
  }
});

test("A-025: a preflight from an unlisted origin is refused and the log says what to do", async () => {
  const response = await preflight("http://localhost:5173");
  assert.equal(response.status, 403);
  assertNoCors(response);
  assert.equal((await response.json()).code, "origin_not_allowed");
  const line = world.log.findLast((entry) => entry.level === "warn");
  assert.equal(line?.fields["remedy"], "--allow-origin http://localhost:5173");
});

test("A-025: a request is checked against the origins of its own client, not of all", async () => {
  const own = await call("/v1/meta", { origin: PORTAL, "welby-client": "demo-portal" });
  assert.equal(own.status, 200);
  assert.equal(own.headers.get("access-control-allow-origin"), PORTAL);
  assert.equal(
    own.headers.get("access-control-expose-headers"),
    "ETag, DPoP-Nonce, WWW-Authenticate, Retry-After, Date, Content-Disposition, Welby-Request-Id, Idempotency-Replayed",
  );
  const foreign = await call("/v1/meta", { origin: PORTAL, "welby-client": "sakura-portal" });
  assert.equal(foreign.status, 403);
  assertNoCors(foreign);
});

const strangers = [
  "https://evil.example",
  "null",
  "",
  "https://portal.example.jp.evil.example",
  "https://evilportal.example.jp",
  "http://portal.example.jp",
  "https://portal.example.jp:444",
  "https://portal.example.jp/",
  "HTTPS://PORTAL.EXAMPLE.JP",
  "https://sub.portal.example.jp",
];
for (const origin of strangers) {
  test(`A-025 A-026: the origin ${JSON.stringify(origin)} is nobody, also on public and unknown paths`, async () => {
    for (const path of ["/v1/meta", "/v1/auth/sign-in", "/health", "/openapi.json", "/nowhere"]) {
      const response = await call(path, { origin, "welby-client": "demo-portal" });
      assert.equal(response.status, 403, path);
      assertNoCors(response);
    }
  });
}

test("A-026: without an origin, a request that the browser calls cross-site is refused", async () => {
  const crossSite = await call("/v1/meta", { "sec-fetch-site": "cross-site", "welby-client": "demo-portal" });
  assert.equal(crossSite.status, 403);
  for (const site of ["same-origin", "same-site", "none"]) {
    assert.equal(
      (await call("/v1/meta", { "sec-fetch-site": site, "welby-client": "demo-portal" })).status,
      200,
      site,
    );
  }
});

test("a listed origin gets in although the browser says cross-site: that is what a portal is", async () => {
  const headers = { origin: PORTAL, "sec-fetch-site": "cross-site", "welby-client": "demo-portal" };
  assert.equal((await call("/v1/meta", headers)).status, 200);
});

test("a client without origins is for servers: no browser may use it", async () => {
  assert.equal((await call("/v1/meta", { origin: PORTAL, "welby-client": "demo-server" })).status, 403);
  assert.equal((await call("/v1/meta", { "welby-client": "demo-server" })).status, 200);
});

test("problems are readable for a listed origin: missing client, unknown path, wrong method, bad token", async () => {
  const cases: readonly (readonly [Promise<Response>, number, string])[] = [
    [call("/v1/meta", { origin: PORTAL }), 400, "client_required"],
    [call("/v1/meta", { origin: PORTAL, "welby-client": "nobody" }), 400, "client_required"],
    [call("/v1/nowhere", { origin: PORTAL, "welby-client": "demo-portal" }), 404, "not_found"],
    [call("/v1/me", { origin: PORTAL, "welby-client": "demo-portal" }, "DELETE"), 405, "method_not_allowed"],
    [call("/v1/me", { origin: PORTAL, "welby-client": "demo-portal" }), 401, "unauthenticated"],
  ];
  for (const [sent, status, code] of cases) {
    const response = await sent;
    assert.equal(response.status, status);
    assert.equal((await response.json()).code, code);
    assert.equal(response.headers.get("access-control-allow-origin"), PORTAL);
  }
});

test("A-024: a cross-site form post of any type reaches nothing", async () => {
  for (const type of ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]) {
    const headers = { origin: "https://evil.example", "content-type": type, "sec-fetch-site": "cross-site" };
    const response = await world.backend.fetch(
      new Request("https://api.example.jp/v1/auth/sign-in", {
        method: "POST",
        headers,
        body: "loginId=a&password=b",
      }),
    );
    assert.equal(response.status, 403);
  }
});

test("what a hostile origin is called does not reach the log", async () => {
  await call("/v1/meta", { origin: "javascript:alert(1)//<script>", "welby-client": "demo-portal" });
  assert.doesNotMatch(JSON.stringify(world.log), /script>/);
});
