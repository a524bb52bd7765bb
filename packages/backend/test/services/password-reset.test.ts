import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestClient } from "../../src/testing/test-client.ts";
import { interceptTransactions } from "../support/store-faults.ts";
import { createWorld, HOUR, MINUTE, PORTAL, type World } from "../support/world.ts";

const SUZUKI = "suzuki@minato.example.jp";
const CHOSEN = "kingyo-furin-yukata-3";

const ask = (client: TestClient, email: string = SUZUKI, audience = "staff") =>
  client.send("requestPasswordReset", { audience, email });
const confirm = (client: TestClient, token: string | undefined, newPassword = CHOSEN) =>
  client.send("confirmPasswordReset", { token, newPassword });

/** The tokens in all mails so far, oldest first. */
async function tokens(world: World): Promise<string[]> {
  await world.backend.deliverOutbox();
  return world.mails
    .map(({ text }) => /#token=([\w-]{43})\n/.exec(text)?.[1])
    .filter((token) => token !== undefined);
}

test("7c: the whole way: asked for, mailed, set, signed in with", async () => {
  const world = await createWorld();
  const client = await world.client();
  assert.equal((await ask(client)).status, 202);
  const [token] = await tokens(world);
  assert.equal(world.mails[0]?.to, SUZUKI);
  assert.equal((await confirm(client, token)).status, 204);
  assert.equal((await client.signIn(SUZUKI, CHOSEN)).status, 200);
  assert.equal((await client.signIn(SUZUKI)).status, 401);
});

test("A-050: the answer is the same whether the account exists, is suspended, removed or another institution's", async () => {
  const world = await createWorld();
  const client = await world.client();
  await client.send("getMeta");
  const emails = [
    SUZUKI,
    "nobody@minato.example.jp",
    "watanabe@minato.example.jp",
    "sasaki@minato.example.jp",
    "yamasaki@sakura.example.jp",
    "sato.kazuko@example.jp",
  ];
  const seen = new Set<string>();
  for (const email of emails) {
    const { status, headers, body } = await ask(client, email);
    const names = [...headers].filter(([name]) => !["welby-request-id", "date", "dpop-nonce"].includes(name));
    seen.add(JSON.stringify([status, names, body]));
  }
  assert.equal(seen.size, 1);
  assert.deepEqual((await tokens(world)).length, 1);
  assert.deepEqual(
    world.mails.map(({ to }) => to),
    [SUZUKI],
  );
});

test("A-051: asking does the same reads and writes for every address; looking up happens off the answer's way", async () => {
  const world = await createWorld();
  const client = await world.client();
  await client.send("getMeta");
  const touched = async (email: string) => {
    const names: string[] = [];
    const repair = interceptTransactions(
      world.store,
      (tables) =>
        new Proxy(tables, {
          get(target, name: string) {
            names.push(name);
            return Reflect.get(target, name) as unknown;
          },
        }),
    );
    await ask(client, email);
    repair();
    return names;
  };
  const known = await touched(SUZUKI);
  assert.deepEqual(await touched("nobody@minato.example.jp"), known);
  assert.ok(!known.includes("accounts") && !known.includes("loginIds"));
});

test("RS-3 RS-5: the link is the client's own page with the token in the fragment", async () => {
  const world = await createWorld();
  const client = await world.client();
  const headers = {
    host: "evil.example",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "http",
    forwarded: "host=evil.example",
    origin: PORTAL,
  };
  await client.send("requestPasswordReset", { audience: "staff", email: SUZUKI }, { headers });
  const [token] = await tokens(world);
  assert.ok(world.mails[0]?.text.includes(`${PORTAL}/password-reset.html?audience=staff#token=${token}\n`));
  assert.doesNotMatch(world.mails[0]?.text ?? "", /evil/);
});

test("RS-4 A-054: mail goes to the stored address, however it was typed, and to no look-alike", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client, "ＳＵＺＵＫＩ＠minato.example.jp");
  const lookAlike = await ask(client, "suzukı@minato.example.jp");
  assert.equal(lookAlike.status, 422);
  await tokens(world);
  assert.deepEqual(
    world.mails.map(({ to }) => to),
    [SUZUKI],
  );
});

test("RS-1 A-055: a token works once", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  const [token] = await tokens(world);
  assert.equal((await confirm(client, token)).status, 204);
  const again = await confirm(client, token, `${CHOSEN}-2`);
  assert.equal(again.status, 422);
  assert.equal(again.body.code, "token_invalid");
});

test("RS-1 A-055: a token lives 30 minutes", async () => {
  for (const [age, status] of [
    [30 * MINUTE - 1000, 204],
    [30 * MINUTE, 422],
  ] as const) {
    const world = await createWorld();
    const client = await world.client();
    await ask(client);
    const [token] = await tokens(world);
    world.advance(age);
    assert.equal((await confirm(client, token)).status, status);
  }
});

test("RS-1 A-055: only the newest token works", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  await tokens(world);
  await ask(client);
  const [older, newer] = await tokens(world);
  assert.equal((await confirm(client, older)).body.code, "token_invalid");
  assert.equal((await confirm(client, newer)).status, 204);
});

test("A-055: a token dies with any other change of the password", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  const [token] = await tokens(world);
  await world.store.transaction((transaction) => transaction.accounts.update({}, { credentialVersion: 2 }));
  assert.equal((await confirm(client, token)).body.code, "token_invalid");
});

test("A-056: of 16 tries with one token at once one succeeds", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  const [token] = await tokens(world);
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, i) => confirm(client, token, `${CHOSEN}-${i}`)),
  );
  assert.equal(answers.filter(({ status }) => status === 204).length, 1);
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([204, 422]));
});

test("RS-8: a password that is refused does not use the token up, and nothing else changed before", async () => {
  const world = await createWorld();
  const signedIn = await world.signedIn();
  const client = await world.client();
  await ask(client);
  const [token] = await tokens(world);
  assert.deepEqual((await confirm(client, token, "short")).body.rules, ["too_short"]);
  assert.equal((await confirm(client, token, "asagao-tegami-koharu-7")).body.code, "password_reused");
  assert.equal((await signedIn.send("getMe")).status, 200);
  assert.equal((await confirm(client, token)).status, 204);
});

test("A-057: GET and HEAD of mail scanners use nothing up", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  const [token] = await tokens(world);
  for (const method of ["GET", "HEAD"]) {
    assert.equal(
      (await client.request(method, `/v1/auth/password-resets/confirm?token=${token}`)).status,
      405,
    );
  }
  assert.equal((await confirm(client, token)).status, 204);
});

test("RS-7 A-058: a reset ends every session, tells the owner and signs nobody in", async () => {
  const world = await createWorld();
  const [one, two] = [await world.signedIn(), await world.signedIn()];
  const client = await world.client();
  await ask(client);
  const [token] = await tokens(world);
  const answer = await confirm(client, token);
  assert.equal(answer.body, null);
  assert.equal((await one.send("getMe")).body.code, "session_expired");
  assert.equal((await two.refresh()).body.code, "session_expired");
  await world.backend.deliverOutbox();
  assert.match(world.mails.at(-1)?.subject ?? "", /パスワードが変更されました/);
  assert.equal(world.mails.at(-1)?.to, SUZUKI);
});

test("RS-6: at most three mails an hour for an account, and the fourth request looks the same", async () => {
  const world = await createWorld();
  const client = await world.client();
  for (let i = 0; i < 5; i++) {
    assert.equal((await ask(client)).status, 202);
    await world.backend.deliverOutbox();
  }
  assert.equal((await tokens(world)).length, 3);
  world.advance(HOUR + 1000);
  await ask(client);
  assert.equal((await tokens(world)).length, 4);
});

test("RS-6: at most twenty requests an hour from one address, and the next ones look the same", async () => {
  const world = await createWorld();
  const client = await world.client({ ip: "192.0.2.1" });
  for (let i = 0; i < 20; i++) await ask(client, `guess${i}@minato.example.jp`);
  assert.equal((await ask(client)).status, 202);
  assert.equal((await tokens(world)).length, 0);
  const elsewhere = await world.client({ ip: "192.0.2.2" });
  await ask(elsewhere);
  assert.equal((await tokens(world)).length, 1);
});

test("AU-1: a flood of reset requests from one address leaves twenty rows and one of the refusal, not a row each", async () => {
  const world = await createWorld();
  const client = await world.client({ ip: "192.0.2.1" });
  for (let i = 0; i < 60; i++) assert.equal((await ask(client)).status, 202);
  const rows = await world.store.transaction((transaction) =>
    transaction.audit.list({ action: "auth.password_reset_requested" }),
  );
  assert.equal(rows.filter((row) => row.result === "ok").length, 20);
  assert.deepEqual(
    rows.filter((row) => row.result === "refused").map((row) => [row.reason, row.ip]),
    [["rate_limited", "192.0.2.1"]],
  );
});

test("a token is bound to the client that its page belongs to", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  const [token] = await tokens(world);
  const other = await world.client({ clientId: "sakura-portal" });
  assert.equal((await confirm(other, token)).body.code, "token_invalid");
});

test("A-071: a refresh token or a hash from the store is no reset token", async () => {
  const world = await createWorld();
  const signedIn = await world.signedIn();
  await ask(signedIn);
  await tokens(world);
  const rows = await world.store.transaction((transaction) => transaction.oneTimeSecrets.list({}));
  for (const token of [signedIn.session?.refreshToken, rows[0]?.hash, rows[0]?.id]) {
    assert.equal((await confirm(signedIn, token)).body.code, "token_invalid");
  }
});

test("guessing tokens is throttled by address", async () => {
  const world = await createWorld();
  const client = await world.client({ ip: "192.0.2.1" });
  for (let i = 0; i < 30; i++) assert.equal((await confirm(client, `guess-${i}`)).status, 422);
  assert.equal((await confirm(client, "guess-31")).status, 429);
});

test("J-50: legacy carrier addresses with dots in odd places can be reset", async () => {
  const world = await createWorld();
  const email = "ab..c@docomo.ne.jp";
  const client = await world.client();
  await ask(client, email, "patient");
  const [token] = await tokens(world);
  assert.equal(world.mails[0]?.to, email);
  assert.equal((await confirm(client, token)).status, 204);
});

test("no request or token stays in the outbox after it was answered", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client, "nobody@minato.example.jp");
  await world.backend.deliverOutbox();
  assert.deepEqual(await world.store.transaction((transaction) => transaction.outbox.list({})), []);
});
