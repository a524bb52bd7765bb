import assert from "node:assert/strict";
import { test } from "node:test";
import { institutions } from "../../src/seed/index.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { interceptTransactions } from "../support/store-faults.ts";
import { createWorld, HOUR, PORTAL, type World } from "../support/world.ts";

const NEW = "nitta@example.jp";
const SATO = "sato.kazuko@example.jp";
const CHOSEN = "kingyo-furin-yukata-3";
const person = {
  name: { family: "新田", given: "光", familyKana: "にった", givenKana: "ﾋｶﾙ" },
  birthDate: "1990-04-01",
  sex: "other",
  password: CHOSEN,
  acceptedTermsVersion: "2026-04-01",
};

const ask = (client: TestClient, email = NEW) => client.send("requestRegistration", { email });
const confirm = (client: TestClient, token: string | undefined, changes: Record<string, unknown> = {}) =>
  client.send("confirmRegistration", { token, ...person, ...changes });

async function mailsTo(world: World, address: string): Promise<string[]> {
  await world.backend.deliverOutbox();
  return world.mails.filter(({ to }) => to === address).map(({ text }) => text);
}
async function tokens(world: World, address = NEW): Promise<(string | undefined)[]> {
  return (await mailsTo(world, address)).map((text) => /#token=([\w-]{43})\n/.exec(text)?.[1]);
}
const patientsNamed = (world: World, nameText: string) =>
  world.store.transaction((transaction) => transaction.patients.list({ nameText }));

test("7b 5a: the whole way: asked for, mailed, own password set, signed in with", async () => {
  const world = await createWorld();
  const client = await world.client();
  assert.equal((await ask(client, "Nitta@ＥＸＡＭＰＬＥ.jp")).status, 202);
  const [token] = await tokens(world, "Nitta@example.jp");
  assert.deepEqual(await patientsNamed(world, "新田 光"), [], "nothing exists before the mailbox is proved");
  const answer = await confirm(client, token);
  assert.equal(answer.status, 204);
  assert.equal(answer.body, null, "nobody is signed in by it");
  assert.equal((await client.signIn(NEW, CHOSEN, "patient")).body.status, "signed_in");
  const { body } = await client.send("getMe");
  assert.deepEqual(
    [body.name.text, body.name.kana, body.birthDate, body.sex, body.email, body.institution],
    ["新田 光", "ニッタ ヒカル", "1990-04-01", "other", "Nitta@example.jp", null],
  );
});

test("the institution of the page gets a request, no other one does, and its list does not show the patient yet", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  await confirm(client, (await tokens(world))[0]);
  const [patient] = await patientsNamed(world, "新田 光");
  const links = await world.store.transaction((transaction) =>
    transaction.patientLinks.list({ patientId: patient?.id ?? "" }),
  );
  assert.deepEqual(
    links.map(({ institutionId, status, patientNumber }) => [institutionId, status, patientNumber]),
    [[institutions.minato.id, "requested", null]],
  );
  const staff = await world.signedIn();
  assert.equal((await staff.send("searchPatients", { query: "にった" })).body.total, 0);
});

test("RG-7: the version of the terms is kept with its moment, and neither can be changed", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  await confirm(client, (await tokens(world))[0]);
  const [consent] = await world.store.transaction((transaction) => transaction.consents.list({}));
  const [patient] = await patientsNamed(world, "新田 光");
  assert.deepEqual(
    [consent?.accountId, consent?.kind, consent?.version, consent?.acceptedAt],
    [patient?.accountId, "terms", "2026-04-01", world.now()],
  );
  const id = consent?.id ?? "";
  for (const tamper of [
    () => world.store.transaction((transaction) => transaction.consents.update({ id }, { version: "x" })),
    () => world.store.transaction((transaction) => transaction.consents.delete({ id })),
  ])
    await assert.rejects(tamper());
});

test("RG-1 A-050: an address that has an account is answered like a free one, and its owner is told", async () => {
  const world = await createWorld();
  const client = await world.client();
  await client.send("getMeta");
  const seen = new Set<string>();
  for (const email of [NEW, SATO, "suzuki@minato.example.jp", "ab..c@docomo.ne.jp"]) {
    const { status, headers, body } = await ask(client, email);
    const names = [...headers].filter(([name]) => !["welby-request-id", "date"].includes(name));
    seen.add(JSON.stringify([status, names, body]));
  }
  assert.equal(seen.size, 1);
  const [hint = ""] = await mailsTo(world, SATO);
  assert.match(hint, /すでに登録されています/);
  assert.ok(hint.includes(`${PORTAL}/password-reset.html?audience=patient\n`));
  assert.doesNotMatch(hint, /token=/);
  assert.equal((await tokens(world)).length, 1);
  assert.equal(
    (await tokens(world, "suzuki@minato.example.jp"))[0]?.length,
    43,
    "staff have a realm of their own",
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
  const known = await touched(SATO);
  assert.deepEqual(await touched("nobody@example.jp"), known);
  assert.ok(!known.includes("accounts") && !known.includes("loginIds"));
});

test("RG-1 A-054: the hint goes to the stored address, however it was typed, and to no look-alike", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client, "ＳＡＴＯ.kazuko@example.jp");
  assert.equal((await ask(client, "sato.kazukо@example.jp")).status, 422, "a Cyrillic о");
  await world.backend.deliverOutbox();
  assert.deepEqual(
    world.mails.map(({ to }) => to),
    [SATO],
  );
});

test("RG-3: one address in any width and case is one account, an international domain has its xn-- form", async () => {
  const world = await createWorld();
  const client = await world.client();
  for (const email of ["Nitta@example.jp", "ＮＩＴＴＡ＠ｅｘａｍｐｌｅ．ｊｐ"]) {
    await ask(client, email);
    await world.backend.deliverOutbox();
  }
  const [older, newer] = world.mails.map(({ text }) => /#token=([\w-]{43})\n/.exec(text)?.[1]);
  assert.equal(
    (await confirm(client, older)).body.code,
    "token_invalid",
    "the second mail replaced the first",
  );
  assert.equal((await confirm(client, newer)).status, 204);
  for (const email of ["xx..y@docomo.ne.jp", "hikaru@xn--eckwd4c7c.example.jp"]) {
    assert.equal((await ask(client, email)).status, 202);
    assert.equal((await tokens(world, email)).length, 1);
  }
  for (const email of [
    "a@b@example.jp",
    "a＠＠example.jp",
    "hikaru@ドメイン.example.jp",
    "@example.jp",
    "a@",
  ])
    assert.equal((await ask(client, email)).status, 422, email);
});

test("A-081: whoever asked first for somebody else's address has nothing: only the newest mail opens the account", async () => {
  const world = await createWorld();
  const [attacker, owner] = [await world.client(), await world.client()];
  await ask(attacker);
  const [first] = await tokens(world);
  await ask(owner);
  const [, newest] = await tokens(world);
  // Even one who read the older mail.
  const early = await confirm(attacker, first, { password: "attackers-own-password-9" });
  assert.equal(early.body.code, "token_invalid");
  assert.equal((await confirm(owner, newest)).status, 204);
  assert.equal((await attacker.signIn(NEW, "attackers-own-password-9", "patient")).status, 401);
  assert.equal((await owner.signIn(NEW, CHOSEN, "patient")).status, 200);
});

test("A-081: a link that was mailed before the address got an account takes nothing over", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  const [token] = await tokens(world);
  const sato = await world.client();
  await sato.signIn(SATO, undefined, "patient");
  await sato.send("requestEmailChange", { email: NEW });
  const [, change] = await tokens(world);
  assert.equal((await sato.send("confirmEmailChange", { token: change })).status, 204);
  assert.equal((await confirm(client, token)).body.code, "token_invalid");
  assert.equal((await sato.send("getMe")).body.email, NEW);
  assert.deepEqual(await patientsNamed(world, "新田 光"), []);
});

test("RG-2: a link lives 24 hours, works once, and only at the client whose page it leads to", async () => {
  for (const [age, status] of [
    [24 * HOUR - 1000, 204],
    [24 * HOUR, 422],
  ] as const) {
    const world = await createWorld();
    const client = await world.client();
    await ask(client);
    const [token] = await tokens(world);
    const elsewhere = await world.client({ clientId: "sakura-portal" });
    assert.equal((await confirm(elsewhere, token)).body.code, "token_invalid");
    world.advance(age);
    assert.equal((await confirm(client, token)).status, status);
    assert.equal((await confirm(client, token)).body.code, "token_invalid");
    const refused = await world.store.transaction((transaction) =>
      transaction.audit.count({ action: "patient.registered", result: "refused", reason: "token_invalid" }),
    );
    assert.equal(refused, status === 204 ? 2 : 3, "each refusal is in the log");
  }
});

test("RG-2: what was never confirmed is purged, the address with it", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  await tokens(world);
  world.advance(7 * 24 * HOUR);
  await world.backend.sweep();
  const secrets = await world.store.transaction((transaction) => transaction.oneTimeSecrets.list({}));
  assert.deepEqual(secrets, []);
});

test("RG-2: of 16 confirmations at once one opens an account", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  const [token] = await tokens(world);
  const answers = await Promise.all(Array.from({ length: 16 }, () => confirm(client, token)));
  assert.equal(answers.filter(({ status }) => status === 204).length, 1);
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([204, 422]));
  assert.equal((await patientsNamed(world, "新田 光")).length, 1);
});

test("RS-9 PW-4: the rules of a password are those of a reset, with the words of the person; a refusal uses nothing up", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  const [token] = await tokens(world);
  for (const [password, rule] of [
    ["short", "too_short"],
    ["nitta-to-yama-no-kumo-21", "context_word"],
    ["yama-no-kumo-19900401-to", "context_word"],
    ["welbymycarte2027", "context_word"],
  ] as const)
    assert.ok((await confirm(client, token, { password })).body.rules.includes(rule), password);
  assert.equal((await confirm(client, token)).status, 204);
});

test("A-031 A-032: no line break in a name or an address, no unknown key, nobody from the future", async () => {
  const world = await createWorld();
  const client = await world.client();
  for (const email of ["a@b.jp\nBcc: evil@x.jp", "a@b.jp%0a", "a@b.jp,evil@x.jp", "ab..c@example.jp"])
    assert.equal((await ask(client, email)).status, 422, email);
  assert.equal((await client.send("requestRegistration", { email: [NEW, "evil@x.jp"] })).status, 422);
  await ask(client);
  const [token] = await tokens(world);
  const bad: Record<string, unknown>[] = [
    { name: { ...person.name, given: "a\r\nBcc: evil@x" } },
    { birthDate: "2026-11-24" },
    { birthDate: "2023-02-29" },
    { sex: "x" },
    { role: "admin" },
    { acceptedTermsVersion: "" },
    { acceptedTermsVersion: undefined },
  ];
  for (const changes of bad)
    assert.equal((await confirm(client, token, changes)).status, 422, JSON.stringify(changes));
  assert.deepEqual(
    world.mails.map(({ to }) => to),
    [NEW],
  );
  assert.equal((await confirm(client, token)).status, 204);
});

test("A-052: the link leads to the client's own page, with the token in the fragment", async () => {
  const world = await createWorld();
  const client = await world.client();
  const headers = { host: "evil.example", "x-forwarded-host": "evil.example", origin: PORTAL };
  await client.send("requestRegistration", { email: NEW }, { headers });
  const [mail = ""] = await mailsTo(world, NEW);
  assert.match(mail, new RegExp(`${PORTAL}/register.html#token=[\\w-]{43}\n`));
  assert.doesNotMatch(mail, /evil/);
});

test("MS-6: three mails an hour for a mailbox, twenty requests for a network address, and past both the same answer", async () => {
  const world = await createWorld();
  const client = await world.client({ ip: "192.0.2.1" });
  for (let i = 0; i < 5; i++) assert.equal((await ask(client)).status, 202);
  assert.equal((await tokens(world)).length, 3);
  for (let i = 0; i < 15; i++) await ask(client, `guess${i}@example.jp`);
  assert.equal((await ask(client, "twenty.first@example.jp")).status, 202);
  assert.deepEqual(await tokens(world, "twenty.first@example.jp"), []);
  const rows = await world.store.transaction((transaction) =>
    transaction.audit.list({ action: "patient.registration_requested", result: "refused" }),
  );
  assert.deepEqual(
    rows.map(({ reason }) => reason),
    ["rate_limited"],
  );
});

test("guessing links is throttled by address, with the guesses of reset links", async () => {
  const world = await createWorld();
  const client = await world.client({ ip: "192.0.2.1" });
  for (let i = 0; i < 15; i++) {
    assert.equal((await confirm(client, `guess-${i}`)).status, 422);
    assert.equal(
      (await client.send("confirmPasswordReset", { token: `guess-${i}`, newPassword: CHOSEN })).status,
      422,
    );
  }
  const before = world.hasher.verified;
  assert.equal((await confirm(client, "guess-16")).status, 429);
  assert.equal((await client.send("confirmEmailChange", { token: "guess-16" })).status, 429);
  assert.equal(world.hasher.verified, before);
});

test("A-071: a reset link opens no account, and a registration link resets nothing", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  const [token] = await tokens(world);
  await client.send("requestPasswordReset", { audience: "patient", email: SATO });
  const [reset] = await tokens(world, SATO);
  assert.equal((await confirm(client, reset)).body.code, "token_invalid");
  for (const [id, input] of [
    ["confirmPasswordReset", { token, newPassword: CHOSEN }],
    ["confirmEmailChange", { token }],
  ] as const)
    assert.equal((await client.send(id, input)).body.code, "token_invalid");
});

test("AU-5: without its row in the log no account is opened, and the link still works", async () => {
  const world = await createWorld();
  const client = await world.client();
  await ask(client);
  const [token] = await tokens(world);
  const repair = interceptTransactions(world.store, (transaction) => ({
    ...transaction,
    audit: { ...transaction.audit, insert: () => Promise.reject(new Error("the log is full")) },
  }));
  assert.equal((await confirm(client, token)).status, 500);
  repair();
  assert.deepEqual(await patientsNamed(world, "新田 光"), []);
  assert.equal((await confirm(client, token)).status, 204);
});
