import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Store } from "@welby/backend/ports";
import { demoPassword, demoTotp } from "@welby/backend/seed";
import { createTestClient, type TestClient, type TestClientOptions } from "@welby/backend/testing";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";
import { runSandbox, startProcess, type SandboxProcess } from "../support/sandbox-process.ts";

/** Typed by somebody during the day; nothing like it stands anywhere else. */
const TYPED = {
  name: "仮名川",
  given: "鳥子",
  group: "カナリア外来",
  search: "カナリヤ",
  email: "canary.kanagawa@example.jp",
  nobody: "canary.nobody@example.jp",
  password: "kanaria-himitsu-torikago-5",
  wrong: "kanaria-machigai-torikago-6",
  token: "Y2FuYXJ5LXRva2VuLXRoYXQtbmV2ZXItd2FzLWlzc3VlZA",
  query: "canary-in-a-query",
};

/**
 * A day with every kind of mishap, and afterwards nothing of what people are called, where they are reached or what they
 * know is in what the service wrote about it.
 */
describe("PR-1 the canary sweep", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let sandbox: SandboxProcess;
  /** By what they are. */
  const canaries = new Map<string, string>();
  const errors: string[] = [];
  const urls: string[] = [];
  let metrics = "";
  let crash = "";

  before(async () => {
    postgres = await startPostgres();
    // Every request has its line.
    sandbox = await startProcess(["--port", "0"], { DATABASE_URL: postgres.url });
    const store = await connectStore({ url: postgres.url, maxConnections: 2 });
    await aDay();
    await collectCanaries(store);
    metrics = await (await fetch(`${sandbox.url}/metrics`)).text();
    await store.close();
    await theDatabaseGoes();
  });
  after(async () => {
    sandbox.child.kill("SIGKILL");
    await sandbox.exited;
    await postgres.stop();
  });

  const device = (options: Partial<TestClientOptions> = {}): Promise<TestClient> =>
    createTestClient({
      baseUrl: sandbox.url,
      fetch: async (request) => {
        urls.push(request.url);
        const response = await fetch(request);
        if (!response.ok)
          errors.push(`${[...response.headers].join("\n")}\n${await response.clone().text()}`);
        urls.push(response.headers.get("location") ?? "");
        return response;
      },
      ...options,
    });

  async function aDay(): Promise<void> {
    const admin = await device();
    await admin.signIn("suzuki@minato.example.jp", TYPED.wrong);
    await admin.signIn(TYPED.nobody, TYPED.password);
    assert.equal((await admin.signIn("suzuki@minato.example.jp")).status, 200);
    for (const query of [TYPED.search, "佐藤 和子", "00012345"])
      assert.equal((await admin.send("searchPatients", { query })).status, 200);
    const person = { name: { family: TYPED.name, given: TYPED.given }, email: TYPED.email };
    for (const expected of [201, 409]) assert.equal((await admin.send("addStaff", person)).status, expected);
    for (const expected of [201, 409])
      assert.equal((await admin.send("createGroup", { name: TYPED.group })).status, expected);
    // What nobody can read, and what is read but not allowed.
    const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
    const { session } = admin;
    for (const body of [`{"name":"${TYPED.group}`, JSON.stringify({ name: TYPED.group, extra: TYPED.email })])
      assert.ok((await admin.request("POST", "/v1/groups", { body, headers, session })).status >= 400);
    await admin.request("GET", `/v1/staff/${crypto.randomUUID()}`, { session });
    await admin.request("GET", "/v1/me", { headers: { authorization: `DPoP ${TYPED.token}` } });
    await admin.refresh(TYPED.token);
    await admin.send("confirmPasswordReset", { token: TYPED.token, newPassword: TYPED.password });
    for (const email of ["tanaka@minato.example.jp", TYPED.nobody])
      await admin.send("requestPasswordReset", { audience: "staff", email });
    for (const email of ["sato.kazuko@example.jp", TYPED.nobody])
      await admin.send("requestRegistration", { email });
    const staff = await device();
    assert.equal((await staff.signIn("takahashi@minato.example.jp")).status, 200);
    assert.equal((await staff.send("listStaff")).status, 403);
    const patient = await device();
    assert.equal((await patient.signIn("sato.kazuko@example.jp", demoPassword, "patient")).status, 200);
    assert.equal((await patient.send("getMe")).status, 200);
    const second = await device({ clientId: "kakuu-portal" });
    const { challenge } = (await second.signIn(demoTotp.loginId)).body as { challenge: string };
    await second.send("verifyMfa", { challenge, method: "totp", code: "000000" });
    for (const [who, one] of Object.entries({ admin, staff, patient })) {
      canaries.set(`access token of ${who}`, one.session?.accessToken ?? "");
      canaries.set(`refresh token of ${who}`, one.session?.refreshToken ?? "");
    }
    canaries.set("challenge", challenge);
    // In an address, where a caller should never put anything.
    urls.length = 0;
    await fetch(`${sandbox.url}/v1/staff?token=${TYPED.query}`, {
      headers: { "welby-client": "demo-portal" },
    });
    await second.send("getMeta");
  }

  async function collectCanaries(store: Store): Promise<void> {
    for (const [what, text] of Object.entries(TYPED)) canaries.set(`typed ${what}`, text);
    canaries.set("password", demoPassword);
    canaries.set("TOTP secret", demoTotp.secret);
    canaries.set("password of the database", new URL(postgres.url).password);
    await store.transaction(async (tx) => {
      for (const row of [...(await tx.staff.list({})), ...(await tx.patients.list({}))]) {
        canaries.set(`name ${row.id}`, row.nameText);
        if (row.nameKana !== null) canaries.set(`reading ${row.id}`, row.nameKana);
      }
      for (const { id, value } of await tx.loginIds.list({})) canaries.set(`login id ${id}`, value);
      for (const { id, passwordHash } of await tx.accounts.list({})) canaries.set(`hash ${id}`, passwordHash);
      for (const { id, patientNumber } of await tx.patientLinks.list({}))
        if (patientNumber !== null && patientNumber.length >= 8) canaries.set(`number ${id}`, patientNumber);
      for (const { id, jwk } of await tx.keys.list({}))
        canaries.set(`key ${id}`, String(jwk["d"] ?? jwk["k"]));
      for (const { id, body } of await tx.outbox.list({})) {
        for (const [secret] of body.matchAll(/(?<=#token=|Initial password: )\S+/g))
          canaries.set(`secret of mail ${id}`, secret);
      }
    });
    for (const what of ["secret of mail", "login id", "name", "reading", "number", "key"])
      assert.ok(
        [...canaries.keys()].some((key) => key.startsWith(what)),
        `no canary: ${what}`,
      );
  }

  /** Calls into nothing, and a start into nothing. */
  async function theDatabaseGoes(): Promise<void> {
    const client = await device();
    await postgres.stop();
    const answers = await Promise.all([
      client.signIn("suzuki@minato.example.jp"),
      client.send("requestPasswordReset", { audience: "staff", email: TYPED.email }),
    ]);
    assert.ok(answers.every(({ status }) => status === 503));
    const second = runSandbox(["--port", "0"], { DATABASE_URL: postgres.url });
    assert.equal((await second.exited).code, 1);
    crash = Object.values(second.output()).join("\n");
    assert.match(crash, /could not start/);
    sandbox.child.kill("SIGTERM");
    await sandbox.exited;
  }

  const places: readonly [place: string, text: () => string, holds: RegExp][] = [
    // What the person at the keyboard is told once, the demo's password included, ends with this line.
    ["the log", () => sandbox.output().stderr, /"operation":"searchPatients"/],
    [
      "what follows on the screen",
      () => sandbox.output().stdout.split(demoTotp.secret).slice(1).join(),
      /^\s*$/,
    ],
    ["the metrics", () => metrics, /searchPatients/],
    ["the answers that refuse", () => errors.join("\n"), /duplicate_name/],
    ["addresses", () => urls.join("\n"), /v1\/meta/],
    ["the last words of a process", () => crash, /ECONNREFUSED/],
  ];
  for (const [place, text, holds] of places) {
    test(`AU-8 none of the names, addresses, numbers, passwords and tokens is in ${place}`, () => {
      const written = text();
      assert.match(written, holds, "there is something to look through");
      assert.deepEqual(hitsIn(written), []);
    });
  }

  test("a planted one is found in each form: the sweep can fail", () => {
    assert.ok(canaries.size > 100);
    assert.ok([...canaries.values()].every((canary) => canary.length > 1));
    const { group, email } = TYPED;
    assert.deepEqual(hitsIn(`…${group}…`), ["typed group"]);
    assert.deepEqual(hitsIn(`?name=${encodeURIComponent(group)}`), ["typed group"]);
    assert.deepEqual(hitsIn(`to ${email}`).sort(), [`login id ${idOf(email)}`, "typed email"].sort());
  });

  /** As they are, and as they look within JSON or an address. */
  function hitsIn(text: string): string[] {
    const forms = (canary: string) => [
      canary,
      JSON.stringify(canary).slice(1, -1),
      encodeURIComponent(canary),
    ];
    return [...canaries]
      .filter(([, canary]) => forms(canary).some((form) => text.includes(form)))
      .map(([what]) => what);
  }

  const idOf = (email: string) =>
    [...canaries]
      .find(([what, value]) => what.startsWith("login id") && value === email)?.[0]
      .split(" ")
      .at(-1);
});
