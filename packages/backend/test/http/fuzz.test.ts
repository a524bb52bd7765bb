import assert from "node:assert/strict";
import { test } from "node:test";
import {
  errors,
  isErrorCode,
  operations,
  pathParameters,
  type OperationId,
  type OperationRow,
} from "@welby/contract";
import fc from "fast-check";
import { groupId, staffId } from "../../src/seed/index.ts";
import { createWorld } from "../support/world.ts";

const world = await createWorld();
const client = await world.signedIn();
const rows = Object.values(operations) as OperationRow[];

/** Every answer to whatever was sent is one that the contract knows; nothing is ever the server's fault. */
function assertDecent({ status, headers, body }: { status: number; headers: Headers; body: unknown }) {
  assert.ok(status < 500, `${status} ${JSON.stringify(body)}`);
  assert.ok(headers.get("welby-request-id"));
  if (status < 400) return;
  const { code, status: said, requestId } = body as { code: string; status: number; requestId: string };
  assert.ok(isErrorCode(code), code);
  assert.equal(errors[code].status, status);
  assert.equal(said, status);
  assert.equal(requestId, headers.get("welby-request-id"));
}

/** The fast hasher and the memory store leave the budget to the API itself; throttles would hide what lies behind them. */
async function withoutThrottles<T>(run: () => Promise<T>): Promise<T> {
  await world.store.transaction((transaction) => transaction.throttles.delete({}));
  return run();
}
const { session } = client;
const options = { numRuns: 120 };

const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    "\u0000",
    "\ud800",
    "\u202eabc",
    "' OR 1=1 --",
    "%",
    "_",
    "\\",
    "../../x",
    "{{7*7}}",
    "__proto__",
    "𠮷".repeat(60),
    "葛\u{E0100}城",
    "a".repeat(5000),
    "9".repeat(400),
    staffId("suzuki@minato.example.jp"),
    crypto.randomUUID(),
  ),
);
const anything = fc.oneof(
  nasty,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Keys that the operations really use, so that the fuzz gets past the first check. */
const keys = fc.constantFrom(
  "audience",
  "loginId",
  "password",
  "challenge",
  "method",
  "code",
  "newPassword",
  "refreshToken",
  "scope",
  "email",
  "token",
  "name",
  "categoryId",
  "add",
  "remove",
  "groupIds",
  "query",
  "groupId",
  "sort",
  "limit",
  "cursor",
  "startAt",
  "role",
  "reason",
  "confirmSelf",
  "changes",
  "occupation",
  "__proto__",
  "constructor",
);

const group = groupId("minato", "高血圧");
const patient = (await client.send("searchPatients", { limit: 1 })).body.items[0].id as string;
function idOf(name: string): string {
  return name === "staffId" ? staffId("takahashi@minato.example.jp") : name === "groupId" ? group : patient;
}

test("A-040: any JSON at all, at any operation, is answered by a code of the contract", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...rows),
      fc.dictionary(keys, anything, { maxKeys: 6 }),
      async (operation, input) =>
        withoutThrottles(async () => {
          const ids = Object.fromEntries(pathParameters(operation.path).map((name) => [name, idOf(name)]));
          assertDecent(await client.send(operation.id, { ...input, version: 1, ...ids }, { session }));
        }),
    ),
    { numRuns: 400 },
  );
});

/** Inputs of the right shape with one value replaced: the way into the services. */
const nearlyRight: Partial<Record<OperationId, Record<string, unknown>>> = {
  signIn: { audience: "staff", loginId: "suzuki@minato.example.jp", password: "x" },
  verifyMfa: { challenge: "x", method: "totp", code: "123456" },
  setInitialPassword: { newPassword: "kingyo-furin-yukata-3" },
  refreshToken: { refreshToken: "x" },
  reauthenticate: { refreshToken: session?.refreshToken, password: "x" },
  signOut: { refreshToken: "x", scope: "session" },
  requestPasswordReset: { audience: "patient", email: "nobody@example.jp" },
  confirmPasswordReset: { token: "x", newPassword: "kingyo-furin-yukata-3" },
  listStaff: { limit: 10, cursor: "x" },
  addStaff: {
    name: { family: "山", given: "川", familyKana: "やま" },
    email: "x@example.jp",
    role: "staff",
    occupation: "医師",
  },
  changeStaffRole: { staffId: idOf("staffId"), role: "staff", version: 1, reason: "x" },
  previewStaffRoles: { changes: [{ staffId: idOf("staffId"), role: "admin", version: 1 }] },
  changeStaffRoles: { changes: [{ staffId: idOf("staffId"), role: "staff", version: 1 }], confirmSelf: true },
  listGroups: { limit: 10, cursor: "x" },
  updateStaff: {
    staffId: staffId("ri@minato.example.jp"),
    name: { family: "李", given: "美玲" },
    version: 1,
  },
  suspendStaff: { staffId: staffId("ri@minato.example.jp"), reason: "休職のため", version: 9 },
  resendInvitation: { staffId: staffId("saito@minato.example.jp"), invitation: "link" },
  resetStaffFactors: { staffId: staffId("ri@minato.example.jp"), reason: "紛失" },
  confirmInvitation: { token: "x", newPassword: "kingyo-furin-yukata-3" },
  createGroup: { name: "x", categoryId: null },
  changeGroupMembers: { groupId: group, add: [patient], remove: [] },
  searchPatients: { query: "佐藤", sort: "kana", limit: 10, cursor: "x", startAt: "さ", groupId: group },
  putPatientGroups: { patientId: patient, groupIds: [group], version: 1 },
};

for (const [id, right] of Object.entries(nearlyRight) as [OperationId, Record<string, unknown>][]) {
  test(`A-040: ${id} with one value replaced by anything is answered by a code of the contract`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(right)), anything, async (key, value) =>
        withoutThrottles(async () =>
          assertDecent(await client.send(id, { ...right, [key]: value }, { session })),
        ),
      ),
      options,
    );
  });
}

test("any text at all as a body is answered by a code of the contract", async () => {
  const posts = rows.filter((operation) => operation.body && operation.path.indexOf("{") === -1);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...posts),
      fc.oneof(fc.string(), fc.json(), nasty),
      async (operation, body) => {
        const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
        assertDecent(await client.request(operation.method, operation.path, { body, headers, session }));
      },
    ),
    options,
  );
});

test("any header values are answered by a code of the contract", async () => {
  const names = fc.constantFrom(
    "authorization",
    "dpop",
    "welby-client",
    "idempotency-key",
    "if-match",
    "content-type",
    "origin",
    "accept",
    "traceparent",
    "content-length",
    "sec-fetch-site",
    "user-agent",
  );
  const values = fc.string({
    unit: fc.constantFrom(..."abcXYZ019 .,;:\"'=/*-_%<>{}[]\u00e9".split("")),
    maxLength: 200,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...rows),
      fc.dictionary(names, values, { maxKeys: 3 }),
      async (operation, headers) => {
        const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => idOf(name));
        const body = operation.body ? { body: "{}" } : {};
        assertDecent(
          await client.request(operation.method, path, {
            headers: { "content-type": "application/json", ...headers },
            session,
            ...body,
          }),
        );
      },
    ),
    options,
  );
});

test("any path and query is answered by a code of the contract", async () => {
  const part = fc.oneof(
    nasty.map(encodeURIComponent0),
    fc.constantFrom("v1", "staff", "groups", "me", "auth", "..", ".", "%2f", "%00", "%", "%zz", "*", ":id"),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"),
      fc.array(part, { maxLength: 5 }),
      part,
      async (method, parts, query) => {
        const path = `/${parts.join("/")}?${query}`;
        const answer = await client.request(method, path, { session });
        if (method !== "HEAD") assertDecent(answer);
        else assert.ok(answer.status < 500);
      },
    ),
    { numRuns: 300 },
  );
});

/** Half a surrogate pair cannot stand in a URL at all. */
function encodeURIComponent0(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, ""));
}

test("any client id is answered by a code of the contract", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom(..."abz-_.09 '\";%\\/".split("")), maxLength: 80 }),
      async (id) => {
        const answer = await client.request("GET", "/v1/meta", { headers: { "welby-client": id } });
        assertDecent(answer);
      },
    ),
    options,
  );
});
