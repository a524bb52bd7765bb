import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { totpCode, totpStep } from "@welby/backend";
import { demoTotp } from "@welby/backend/seed";
import { createTestClient, type TestClient, type TestClientOptions } from "@welby/backend/testing";
import { outcome, tally, twoSandboxes } from "./side-by-side.ts";

const LAST_ADMIN_ROUNDS = 40;
const together = <T>(count: number, run: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

describe("two instances on one PostgreSQL", () => {
  const world = twoSandboxes();
  const device = (options: Partial<TestClientOptions> = {}) =>
    createTestClient({ fetch: world().fetch, baseUrl: world().url, ...options });
  async function signedIn(loginId: string, options: Partial<TestClientOptions> = {}): Promise<TestClient> {
    const client = await device(options);
    assert.equal((await client.signIn(loginId)).status, 200, loginId);
    return client;
  }

  test(`A-087 two administrators demote each other at once, ${LAST_ADMIN_ROUNDS} rounds: one is always left`, async (t) => {
    const [suzuki, tanaka] = [
      await signedIn("suzuki@minato.example.jp"),
      await signedIn("tanaka@minato.example.jp"),
    ];
    const members = await suzuki.send("listStaff", { limit: 200 });
    type Row = { id: string; email: string; version: number };
    const row = (email: string) =>
      (members.body.items as Row[]).find((one) => one.email === email) ?? assert.fail(email);
    const people = [
      { client: suzuki, id: row("suzuki@minato.example.jp").id },
      { client: tanaka, id: row("tanaka@minato.example.jp").id },
    ] as const;
    const versionOf = async (client: TestClient, staffId: string) =>
      (await client.send("getStaff", { staffId })).body.version as number;
    let lost = 0;
    const outcomes: string[] = [];

    for (let round = 0; round < LAST_ADMIN_ROUNDS; round++) {
      const versions = [await versionOf(suzuki, people[0].id), await versionOf(suzuki, people[1].id)];
      const answers = await together(2, (index) => {
        const other = people[1 - index] ?? people[0];
        const version = versions[1 - index];
        return (people[index] ?? people[0]).client.send("changeStaffRole", {
          staffId: other.id,
          role: "staff",
          version,
        });
      });
      outcomes.push(answers.map(outcome).sort().join(" + "));
      const winner = answers.findIndex(({ status }) => status === 200);
      if (answers.filter(({ status }) => status === 200).length !== 1) {
        lost++;
        break;
      }
      // The winner is an administrator still, and puts the other one back.
      const { client } = people[winner] ?? people[0];
      const loser = people[1 - winner] ?? people[1];
      const back = await client.send("changeStaffRole", {
        staffId: loser.id,
        role: "admin",
        version: await versionOf(client, loser.id),
      });
      assert.equal(back.status, 200, JSON.stringify(back.body));
    }
    t.diagnostic(`${outcomes.length} rounds, ${lost} lost; ${JSON.stringify(tally(outcomes))}`);
    assert.equal(lost, 0);
    for (const one of new Set(outcomes))
      assert.match(one, /^200 \+ (403 forbidden|409 last_admin|412 version_conflict)$/);
  });

  test("A-074 32 parallel refreshes of one token leave one lineage", async (t) => {
    for (let round = 0; round < 5; round++) {
      const client = await signedIn("takahashi@minato.example.jp");
      const token = client.session?.refreshToken ?? "";
      const answers = await together(32, () => client.refresh(token));
      const granted = answers
        .filter(({ status }) => status === 200)
        .map(({ body }) => body.refreshToken as string);
      t.diagnostic(`round ${round}: ${JSON.stringify(tally(answers.map(outcome)))}`);
      assert.ok(granted.length >= 1);
      assert.equal(new Set(granted).size, 1, "more than one successor");
      assert.equal((await client.refresh(granted[0])).status, 200, "the lineage should go on");
      const open = await world().store.transaction((tx) =>
        tx.refreshTokens.count({ sessionId: answers[0]?.body.session.id, usedAt: null }),
      );
      assert.equal(open, 1, "more than one token is alive");
    }
  });

  test("A-056 of 16 parallel uses of one reset token exactly one sets its password", async () => {
    for (const loginId of ["takahashi@minato.example.jp", "tanaka@minato.example.jp"]) {
      const client = await device();
      assert.equal(
        (await client.send("requestPasswordReset", { audience: "staff", email: loginId })).status,
        202,
      );
      const token = await resetToken(loginId);
      const passwords = Array.from({ length: 16 }, (_, index) => `hotaru-kawabe-natsu-${index}-yoru`);
      const answers = await together(16, (index) =>
        client.send("confirmPasswordReset", { token, newPassword: passwords[index] }),
      );
      const counts = tally(answers.map(outcome));
      assert.deepEqual(counts, { "204": 1, "422 token_invalid": 15 });
      const winner = answers.findIndex(({ status }) => status === 204);
      assert.equal((await (await device()).signIn(loginId, passwords[winner])).status, 200);
      assert.equal((await (await device()).signIn(loginId)).status, 401, "the old password should be dead");
    }
  });

  test("A-106 one create sent 16 times at once under one key makes one group, 10 rounds", async (t) => {
    const client = await signedIn("suzuki@minato.example.jp");
    const all: string[] = [];
    for (let round = 0; round < 10; round++) {
      const idempotencyKey = crypto.randomUUID();
      const answers = await together(16, () =>
        client.send("createGroup", { name: `同時 ${round}` }, { idempotencyKey }),
      );
      const created = answers.filter(({ status }) => status === 201);
      all.push(...answers.map(outcome));
      assert.equal(new Set(created.map(({ body }) => body.id as string)).size, 1, `round ${round}`);
      assert.equal(
        created.filter(({ headers }) => !headers.has("idempotency-replayed")).length,
        1,
        `round ${round}`,
      );
      const later = await client.send("createGroup", { name: `同時 ${round}` }, { idempotencyKey });
      assert.deepEqual(
        [later.status, later.body.id, later.headers.get("idempotency-replayed")],
        [201, created[0]?.body.id, "true"],
      );
    }
    t.diagnostic(JSON.stringify(tally(all)));
    for (const one of new Set(all)) assert.match(one, /^(201|409 idempotency_in_flight)$/);
  });

  test("one name created 8 times at once under 8 keys exists once", async () => {
    const client = await signedIn("suzuki@minato.example.jp");
    const answers = await together(8, () => client.send("createGroup", { name: "一つだけ" }));
    assert.deepEqual(tally(answers.map(outcome)), { "201": 1, "409 duplicate_name": 7 });
  });

  test("A-086 of 8 parallel creates into the last seat exactly one happens", async () => {
    const client = await signedIn("yamasaki@sakura.example.jp", { clientId: "sakura-portal" });
    const answers = await together(8, (index) =>
      client.send("addStaff", {
        name: { family: "試験", given: `${index}` },
        email: `seat${index}@sakura.example.jp`,
      }),
    );
    assert.deepEqual(tally(answers.map(outcome)), { "201": 1, "409 seat_limit": 7 });
  });

  test("A-061 one TOTP code used 3 times at once opens one session", async () => {
    const client = await device({ clientId: "kakuu-portal" });
    const signIn = await client.signIn(demoTotp.loginId);
    assert.equal(signIn.body.status, "mfa_required");
    const code = await totpCode(demoTotp.secret, totpStep(new Date()));
    const answers = await together(3, () =>
      client.send("verifyMfa", { challenge: signIn.body.challenge, method: "totp", code }),
    );
    assert.equal(
      answers.filter(({ status, body }) => status === 200 && body.status === "signed_in").length,
      1,
      JSON.stringify(tally(answers.map(outcome))),
    );
  });

  test("SI-6 of 64 parallel wrong passwords no more are judged than one after another would be", async (t) => {
    const answers: string[] = [];
    // In waves, so that the hasher's queue is not what refuses them.
    for (let wave = 0; wave < 2; wave++) {
      const clients = await together(32, () => device());
      answers.push(
        ...(
          await Promise.all(
            clients.map((client) => client.signIn("admin@kakuu.example.jp", "wrong-wrong-wrong", "staff")),
          )
        ).map(outcome),
      );
    }
    t.diagnostic(JSON.stringify(tally(answers)));
    const judged = answers.filter((one) => one === "401 invalid_credentials").length;
    assert.ok(judged >= 1 && judged <= 5, `${judged} were judged`);
  });

  async function resetToken(to: string): Promise<string> {
    for (let patience = 100; patience > 0; patience--) {
      const mail = await world().store.transaction((tx) =>
        tx.outbox.list(
          { recipient: to, template: "password_reset" },
          { orderBy: ["seq"], descending: true, limit: 1 },
        ),
      );
      const token = /#token=([\w-]+)/.exec(mail[0]?.body ?? "")?.[1];
      if (token !== undefined) return token;
      await sleep(50);
    }
    return assert.fail(`no reset mail to ${to}`);
  }
});
