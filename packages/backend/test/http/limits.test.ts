import assert from "node:assert/strict";
import { test } from "node:test";
import { createWorld } from "../support/world.ts";

const world = await createWorld();
const client = await world.signedIn();
const json = { "content-type": "application/json" };
const postGroup = (body: string, headers: Record<string, string> = {}) =>
  client.request("POST", "/v1/groups", {
    body,
    session: client.session,
    headers: { ...json, "idempotency-key": crypto.randomUUID(), ...headers },
  });

const refusals: readonly (readonly [string, string, number, string, Record<string, string>?])[] = [
  ["no JSON", "{", 400, "malformed_request"],
  ["an empty body", "", 400, "malformed_request"],
  ["two documents", "{} {}", 400, "malformed_request"],
  ["a text", '"x"', 422, "validation_failed"],
  ["a list", "[]", 422, "validation_failed"],
  ["null", "null", 422, "validation_failed"],
  [
    "a form",
    "name=x",
    415,
    "unsupported_media_type",
    { "content-type": "application/x-www-form-urlencoded" },
  ],
  ["plain text", '{"name":"x"}', 415, "unsupported_media_type", { "content-type": "text/plain" }],
  ["no content type", '{"name":"x"}', 415, "unsupported_media_type", { "content-type": "" }],
  [
    "JSON in another encoding",
    '{"name":"x"}',
    415,
    "unsupported_media_type",
    { "content-type": "application/json; charset=shift_jis" },
  ],
  ["a compressed body", '{"name":"x"}', 415, "unsupported_media_type", { "content-encoding": "gzip" }],
  [
    "a near miss of the content type",
    '{"name":"x"}',
    415,
    "unsupported_media_type",
    { "content-type": "application/jsonp" },
  ],
  ["A-037: 33 levels", "[".repeat(33) + "]".repeat(33), 400, "malformed_request"],
  ["A-037: 100,000 levels", "[".repeat(100_000), 400, "malformed_request"],
  ["A-037: 100,000 levels of objects", '{"a":'.repeat(100_000), 400, "malformed_request"],
  ["A-036: more than 1 MB", `{"name":"${"x".repeat(1024 * 1024)}"}`, 413, "payload_too_large"],
  ["A-036: 10 MB", `{"name":"${"x".repeat(10 * 1024 * 1024)}"}`, 413, "payload_too_large"],
];
for (const [what, body, status, code, headers] of refusals) {
  test(`${what} is answered ${status} ${code}`, async () => {
    const answer = await postGroup(body, headers);
    assert.equal(answer.status, status);
    assert.equal(answer.body.code, code);
    assert.equal(answer.headers.get("content-type"), "application/problem+json; charset=utf-8");
  });
}

test("32 levels are read and then judged by the schema", async () => {
  assert.equal((await postGroup("[".repeat(32) + "]".repeat(32))).body.code, "validation_failed");
  assert.equal(
    (await postGroup(JSON.stringify({ name: '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{\\"' }))).status,
    201,
  );
});

test("charset=utf-8 and capital letters in the content type are fine; broken UTF-8 is not", async () => {
  const answer = await postGroup('{"name":"文字集合"}', {
    "content-type": 'Application/JSON ; charset="UTF-8"',
  });
  assert.equal(answer.status, 201);
  const broken = new Request("https://api.example.jp/v1/auth/sign-in", {
    method: "POST",
    headers: { ...json, "welby-client": "demo-portal", dpop: await client.proof("POST", "/v1/auth/sign-in") },
    body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  });
  assert.equal((await world.backend.fetch(broken)).status, 400);
});

test("A-036: an endless body is cut off after 1 MB, however slowly it comes", async () => {
  let pulled = 0;
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(0x20));
    },
    cancel: () => void (cancelled = true),
  });
  const request = new Request("https://api.example.jp/v1/auth/sign-in", {
    method: "POST",
    headers: { ...json, "welby-client": "demo-portal", dpop: await client.proof("POST", "/v1/auth/sign-in") },
    body: endless,
    duplex: "half",
  } as RequestInit);
  assert.equal((await world.backend.fetch(request)).status, 413);
  assert.ok(pulled < 1_400_000, String(pulled));
  assert.ok(cancelled);
});

test("a body that breaks off is answered 400", async () => {
  const broken = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error("gone")),
  });
  const request = new Request("https://api.example.jp/v1/auth/sign-in", {
    method: "POST",
    headers: { ...json, "welby-client": "demo-portal", dpop: await client.proof("POST", "/v1/auth/sign-in") },
    body: broken,
    duplex: "half",
  } as RequestInit);
  assert.equal((await world.backend.fetch(request)).status, 400);
});

test("headers of more than 16 KB are answered 431", async () => {
  const answer = await client.request("GET", "/v1/meta", { headers: { "x-long": "x".repeat(17 * 1024) } });
  assert.equal(answer.status, 431);
  assert.equal(answer.body.code, "headers_too_large");
});

test("A-038: a password of 1 MB is refused before it is hashed", async () => {
  const before = world.hasher.verified;
  const answer = await client.send("signIn", {
    audience: "staff",
    loginId: "a@b.jp",
    password: "x".repeat(1_000_000),
  });
  assert.equal(answer.status, 422);
  assert.equal(world.hasher.verified, before);
});

const paths: readonly (readonly [string, string, number])[] = [
  ["GET", "/", 404],
  ["GET", "/v1", 404],
  ["GET", "/v1/", 404],
  ["GET", "/v1/me/", 404],
  ["GET", "//v1/me", 404],
  ["GET", "/V1/me", 404],
  ["GET", "/v1/staff/..%2f..%2fetc%2fpasswd", 404],
  ["GET", "/v1/groups/%00", 404],
  ["GET", "/v1/me%2f", 404],
  ["GET", "/v1/staff/*", 404],
  ["DELETE", "/v1/me", 405],
  ["PATCH", "/v1/groups", 405],
  ["GET", "/v1/auth/sign-in", 405],
  ["HEAD", "/v1/auth/sign-in", 405],
];
for (const [method, path, status] of paths) {
  test(`${method} ${path} is answered ${status}`, async () => {
    const answer = await client.request(method, path, { session: client.session });
    assert.equal(answer.status, status);
  });
}

test("405 and OPTIONS name what the path allows", async () => {
  assert.equal(
    (await client.request("DELETE", "/v1/groups")).headers.get("allow"),
    "POST, GET, HEAD, OPTIONS",
  );
  const options = await client.request("OPTIONS", "/v1/me");
  assert.equal(options.status, 204);
  assert.equal(options.headers.get("allow"), "GET, PATCH, HEAD, OPTIONS");
  assert.equal((await client.request("OPTIONS", "/v1/nowhere")).status, 404);
});

test("HEAD answers like GET without the body", async () => {
  const [get, head] = [await client.request("GET", "/v1/meta"), await client.request("HEAD", "/v1/meta")];
  assert.equal(head.status, 200);
  assert.equal(head.body, null);
  assert.equal(head.headers.get("content-length"), get.headers.get("content-length"));
});

test("A-028 A-047: overrides in headers, query or body are ignored or refused", async () => {
  const headers = { "x-http-method-override": "DELETE", "x-org-id": "other", "x-user-id": "other" };
  const answer = await client.request("GET", "/v1/me", { session: client.session, headers });
  assert.equal(answer.status, 200);
  assert.equal(answer.body.institution.name, "みなと青空総合病院");
  assert.equal((await client.send("createGroup", { name: "上書き", _method: "DELETE" })).status, 422);
});
