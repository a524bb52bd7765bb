import assert from "node:assert/strict";
import { test } from "node:test";
import { institutions, staffId } from "../../src/seed/index.ts";
import { createWorld } from "../support/world.ts";

const world = await createWorld();
const client = await world.signedIn();

test("unknown keys are named by their path and never by their value", async () => {
  const { status, body } = await client.send("createGroup", {
    name: "外来",
    role: "admin",
    nested: { secret: "s3cret" },
  });
  assert.equal(status, 422);
  assert.deepEqual(body.errors, [
    { path: "role", code: "unknown_key" },
    { path: "nested", code: "unknown_key" },
  ]);
  assert.doesNotMatch(JSON.stringify(body), /s3cret|admin/);
});

test("a key that is no plain name is not repeated to anybody", async () => {
  const { body } = await client.send("createGroup", { name: "外来", "<script>alert(1)</script>": 1 });
  assert.deepEqual(body.errors, [{ path: "?", code: "unknown_key" }]);
});

test("what is missing, too long or of another type is told apart, with the whole path", async () => {
  const codes = async (input: Record<string, unknown>) => (await client.send("addStaff", input)).body.errors;
  assert.deepEqual(await codes({ email: "a@example.jp" }), [{ path: "name", code: "required" }]);
  assert.deepEqual(await codes({ email: 1, name: { family: "山", given: "川" } }), [
    { path: "email", code: "invalid_type" },
  ]);
  assert.deepEqual(await codes({ email: "a@example.jp", name: { family: "山", given: "" } }), [
    { path: "name.given", code: "empty" },
  ]);
  const roles = await client.send("previewStaffRoles", {
    changes: [{ staffId: "x", role: "king", version: 0 }],
  });
  assert.deepEqual(
    roles.body.errors.map((error: { path: string }) => error.path),
    ["changes.0.staffId", "changes.0.role", "changes.0.version"],
  );
});

test("A-043: what nobody may set is refused, not swallowed", async () => {
  for (const extra of [
    { orgId: institutions.sakura.id },
    { institutionId: institutions.sakura.id },
    { emailVerified: true },
    { mfa: false },
  ]) {
    const input = { name: { family: "山", given: "川" }, email: "yama@example.jp", ...extra };
    assert.equal((await client.send("addStaff", input)).status, 422);
  }
});

test("A-091: prototype keys in a body change nothing and are refused", async () => {
  for (const body of [
    '{"name":"x","__proto__":{"role":"admin"}}',
    '{"name":"x","constructor":{"prototype":{"polluted":1}}}',
  ]) {
    const answer = await client.request("POST", "/v1/groups", {
      body,
      session: client.session,
      headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
    });
    assert.equal(answer.status, 422, body);
    assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
  }
});

test("A-005: an object where a text belongs is refused", async () => {
  const answer = await client.send("signIn", { audience: "staff", loginId: { $ne: null }, password: "x" });
  assert.equal(answer.status, 422);
  assert.deepEqual(answer.body.errors, [{ path: "loginId", code: "invalid_type" }]);
});

test("A-053: a reset address is one text", async () => {
  for (const email of [
    ["a@example.jp", "evil@example.jp"],
    { 0: "a@example.jp" },
    "a@example.jp,evil@example.jp",
    "a@example.jp evil@example.jp",
  ]) {
    assert.equal((await client.send("requestPasswordReset", { audience: "staff", email })).status, 422);
  }
  assert.equal(
    (await client.send("requestPasswordReset", { audience: "staff", "email[]": "a@example.jp" })).status,
    422,
  );
});

test("the query is strict: unknown, repeated and misshapen parameters are refused", async () => {
  const get = async (path: string) => (await client.request("GET", path, { session: client.session })).body;
  assert.deepEqual((await get("/v1/groups?page=2")).errors, [{ path: "page", code: "unknown_key" }]);
  assert.deepEqual((await get("/v1/groups?limit=1&limit=2")).errors, [{ path: "limit", code: "repeated" }]);
  assert.equal((await get("/v1/groups?limit=0")).code, "validation_failed");
  assert.equal((await get("/v1/groups?limit=201")).code, "validation_failed");
  assert.equal((await get("/v1/groups?limit=abc")).code, "validation_failed");
  assert.equal((await get("/v1/me?x=1")).code, "validation_failed");
  assert.equal((await get("/v1/groups?limit=1")).items.length, 1);
});

test("A-042: an id that is none, a missing one and another institution's answer with the same bytes", async () => {
  const foreign = staffId("yamasaki@sakura.example.jp");
  const ids = ["nobody", "%00", "1", "..", "' OR 1=1", crypto.randomUUID(), foreign, foreign.toUpperCase()];
  const answers = await Promise.all(
    ids.map((id) => client.request("GET", `/v1/staff/${id}`, { session: client.session })),
  );
  const bytes = answers.map(({ status, body }) => JSON.stringify([status, { ...body, requestId: "" }]));
  // ".." never arrives: URL normalisation makes another path of it, which does not exist either.
  assert.deepEqual(new Set(bytes), new Set([bytes[0]]));
  assert.match(bytes[0] ?? "", /^\[404,/);
});

test("a change needs the version that it is based on (428), in its proper form (400), and the right one (412)", async () => {
  const id = staffId("takahashi@minato.example.jp");
  const put = (ifMatch: string) =>
    client.request("PUT", `/v1/staff/${id}/role`, {
      body: JSON.stringify({ role: "staff" }),
      session: client.session,
      headers: { "content-type": "application/json", "if-match": ifMatch },
    });
  const current = await client.send("getStaff", { staffId: id });
  const etag = current.headers.get("etag") ?? "";
  assert.equal(etag, `"${current.body.version}"`);
  for (const [ifMatch, status] of [
    ["", 428],
    ["*", 428],
    ["3", 400],
    ['"1", "2"', 400],
    ['"99"', 412],
    ['"abc"', 412],
    [`W/${etag}`, 412],
    ['"01"', 412],
    ['"99999999999999999999"', 412],
    [etag, 200],
  ] as const) {
    assert.equal((await put(ifMatch)).status, status, ifMatch);
  }
  const missing = await client.request("PUT", `/v1/staff/${crypto.randomUUID()}/role`, {
    body: JSON.stringify({ role: "staff" }),
    session: client.session,
    headers: { "content-type": "application/json", "if-match": '"abc"' },
  });
  assert.equal(missing.status, 404);
});

test("A-023: a name that would break a line, in a list or in the welcome mail, is refused, not a server error", async () => {
  const text = (code: number) => `山${String.fromCodePoint(code)}田`;
  for (const code of [0, 9, 10, 13, 0x0b, 0x7f, 0x85, 0x2028, 0x2029, 0x202e, 0x2066, 0xd800]) {
    const label = `U+${code.toString(16)}`;
    const input = { name: { family: text(code), given: "花子" }, email: "line@example.jp" };
    const member = await client.send("addStaff", input);
    assert.deepEqual(
      [member.status, member.body.errors],
      [422, [{ path: "name.family", code: "forbidden_character" }]],
      label,
    );
    assert.equal((await client.send("createGroup", { name: text(code) })).status, 422, label);
  }
});
