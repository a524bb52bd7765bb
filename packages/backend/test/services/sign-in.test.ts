import assert from "node:assert/strict";
import { test } from "node:test";
import { HasherOverloaded } from "../../src/ports/index.ts";
import { interceptTransactions } from "../support/store-faults.ts";
import { createWorld, HOUR, MINUTE, SECOND, type World } from "../support/world.ts";

const SUZUKI = "suzuki@minato.example.jp";
const WRONG = "wrong-password-xyz";

/** Everything of an answer that a stranger could tell two accounts apart by. */
function visible({ status, headers, body }: { status: number; headers: Headers; body: unknown }) {
  const hidden = new Set(["welby-request-id", "dpop-nonce", "date"]);
  return JSON.stringify([
    status,
    [...headers].filter(([name]) => !hidden.has(name)),
    { ...(body as object), requestId: "" },
  ]);
}

async function setAccount(world: World, loginId: string, changes: Record<string, unknown>) {
  await world.store.transaction(async (transaction) => {
    const login = await transaction.loginIds.get({ key: loginId });
    await transaction.accounts.update({ id: login?.accountId ?? "" }, changes);
  });
}

test("SI-1 A-050: every reason not to let somebody in has the same status, headers, length and body", async () => {
  const world = await createWorld();
  await setAccount(world, "ri@minato.example.jp", { closedAt: world.now() });
  await setAccount(world, "tanaka@minato.example.jp", {
    mustChangePassword: true,
    initialPasswordExpiresAt: world.now(),
  });
  await world.store.transaction((transaction) =>
    transaction.loginIds.update({ key: "takahashi@minato.example.jp" }, { verifiedAt: null }),
  );
  const cases: readonly (readonly [string, string, (string | undefined)?, ("staff" | "patient")?])[] = [
    ["unknown", "nobody@minato.example.jp"],
    ["wrong password", SUZUKI, WRONG],
    ["suspended", "watanabe@minato.example.jp"],
    ["removed", "sasaki@minato.example.jp"],
    ["closed", "ri@minato.example.jp"],
    ["initial password expired", "tanaka@minato.example.jp"],
    ["address not proved", "takahashi@minato.example.jp"],
    ["member of another institution", "yamasaki@sakura.example.jp"],
    ["patient as staff", "sato.kazuko@example.jp"],
    ["staff as patient", SUZUKI, undefined, "patient"],
    ["A-001 SQL", "' OR '1'='1' --"],
    ["A-089 control characters", "a\r\nb\u001b[31m@example.jp"],
    ["NUL", "a\u0000@example.jp"],
    ["half of a surrogate pair", "\ud800@example.jp"],
    ["a phone number", "090-0000-0000"],
    ["A-054 a dotless i", "suzukı@minato.example.jp"],
  ];
  const seen = new Map<string, string>();
  for (const [what, loginId, password, audience] of cases) {
    const client = await world.client();
    await client.send("getMeta");
    seen.set(what, visible(await client.signIn(loginId, password, audience)));
  }
  const expected = seen.get("unknown") ?? "";
  assert.match(expected, /^\[401,.*invalid_credentials/);
  for (const [what, answer] of seen) assert.equal(answer, expected, what);
});

test("SI-2: an unknown account costs exactly one password check, as a known one does", async () => {
  const world = await createWorld();
  const client = await world.client();
  const checks = async (loginId: string) => {
    const before = world.hasher.verified;
    await client.signIn(loginId, WRONG);
    return world.hasher.verified - before;
  };
  assert.equal(await checks(SUZUKI), 1);
  assert.equal(await checks("nobody@minato.example.jp"), 1);
  assert.equal(await checks("not even an address"), 1);
});

test("PW-5: full-width and decomposed forms of a password are the same password; spaces and case are not folded", async () => {
  const world = await createWorld();
  const client = await world.client();
  assert.equal((await client.signIn(SUZUKI, "ａｓａｇａｏ-tegami-koharu-７")).status, 200);
  assert.equal((await client.signIn(SUZUKI, " asagao-tegami-koharu-7")).status, 401);
  assert.equal((await client.signIn(SUZUKI, "Asagao-tegami-koharu-7")).status, 401);
});

test("J: a login id may be typed in full width, with spaces around it and in capitals", async () => {
  const world = await createWorld();
  const client = await world.client();
  for (const loginId of [
    "ｓｕｚｕｋｉ＠ｍｉｎａｔｏ．ｅｘａｍｐｌｅ．ｊｐ",
    "  Suzuki@Minato.Example.JP　",
  ]) {
    assert.equal((await client.signIn(loginId)).status, 200, loginId);
  }
});

test("SI-8: a sign-in tells when the last one was", async () => {
  const world = await createWorld();
  const client = await world.client();
  await client.signIn(SUZUKI);
  world.advance(HOUR);
  assert.equal((await client.signIn(SUZUKI)).body.lastSignInAt, "2026-11-23T09:00:00+09:00");
});

test("SI-3 SI-5: four wrong passwords are free, then waiting doubles from 30 s to an hour", async () => {
  const world = await createWorld();
  const failOnce = async () => assert.equal((await (await world.client()).signIn(SUZUKI, WRONG)).status, 401);
  for (let i = 0; i < 4; i++) await failOnce();
  const waits: number[] = [];
  for (let i = 0; i < 10; i++) {
    await failOnce();
    const blocked = await (await world.client()).signIn(SUZUKI);
    assert.equal(blocked.status, 429);
    assert.equal(blocked.body.code, "rate_limited");
    const wait = blocked.headers.get("retry-after") ?? "";
    assert.match(wait, /^[1-9]\d*$/);
    waits.push(Number(wait));
    world.advance(Number(wait) * SECOND);
  }
  assert.deepEqual(waits, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
});

test("SI-3: an id that does not exist is counted like one that does", async () => {
  const world = await createWorld();
  const answers = async (loginId: string) => {
    const client = await world.client();
    const all = [];
    for (let i = 0; i < 7; i++) all.push(visible(await client.signIn(loginId, WRONG)));
    return all.slice(1);
  };
  assert.deepEqual(await answers("nobody@minato.example.jp"), await answers(SUZUKI));
});

test("SI-3: other spellings of one address share one counter", async () => {
  const world = await createWorld();
  const client = await world.client();
  const spellings = [
    SUZUKI,
    "SUZUKI@minato.example.jp",
    " suzuki@minato.example.jp",
    "ｓｕｚｕｋｉ@minato.example.jp",
    "suzuki@MINATO.example.jp",
  ];
  for (const loginId of spellings) await client.signIn(loginId, WRONG);
  assert.equal((await client.signIn("sUzUkI@minato.example.jp")).status, 429);
});

test("SI-3: successes are never counted, and one wipes out the failures before it", async () => {
  const world = await createWorld();
  const client = await world.client({ ip: "192.0.2.1" });
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 4; i++) await client.signIn(SUZUKI, WRONG);
    assert.equal((await client.signIn(SUZUKI)).status, 200);
  }
});

test("SI-3: after 100 failures in a row waiting does not help; a reset does", async () => {
  const world = await createWorld();
  let failures = 0;
  while (failures < 100) {
    const client = await world.client();
    const answer = await client.signIn(SUZUKI, WRONG);
    if (answer.status === 401) failures++;
    else world.advance(Number(answer.headers.get("retry-after")) * SECOND);
  }
  world.advance(400 * 24 * HOUR);
  const client = await world.client();
  assert.equal((await client.signIn(SUZUKI)).status, 429);
  await client.send("requestPasswordReset", { audience: "staff", email: SUZUKI });
  await world.backend.deliverOutbox();
  const token = /#token=([\w-]+)/.exec(world.mails.at(-1)?.text ?? "")?.[1];
  assert.equal(
    (await client.send("confirmPasswordReset", { token, newPassword: "kingyo-furin-yukata-3" })).status,
    204,
  );
  assert.equal((await client.signIn(SUZUKI, "kingyo-furin-yukata-3")).status, 200);
});

test("SI-6: of 64 wrong guesses at once, no more are answered than the budget", async () => {
  const world = await createWorld();
  const clients = await Promise.all(
    Array.from({ length: 64 }, (_, i) => world.client({ ip: `198.51.100.${i}` })),
  );
  for (const client of clients) await client.send("getMeta");
  const answers = await Promise.all(clients.map((client) => client.signIn(SUZUKI, WRONG)));
  assert.equal(answers.filter(({ status }) => status === 401).length, 5);
  assert.equal(answers.filter(({ status }) => status === 429).length, 59);
});

test("SI-6: a right guess among 64 at once is not told once the budget is used up", async () => {
  const world = await createWorld();
  const clients = await Promise.all(
    Array.from({ length: 64 }, (_, i) => world.client({ ip: `198.51.100.${i}` })),
  );
  for (const client of clients) await client.send("getMeta");
  const answers = await Promise.all(
    clients.map((client, i) => client.signIn(SUZUKI, i === 63 ? undefined : `${WRONG}-${i}`)),
  );
  assert.equal(answers[63]?.status, 429);
});

test("A-069: counters survive a restart of the service", async () => {
  const world = await createWorld();
  const client = await world.client();
  for (let i = 0; i < 5; i++) await client.signIn(SUZUKI, WRONG);
  const restarted = await createWorld({ ports: { store: world.store } });
  const other = await restarted.client();
  assert.equal((await other.signIn(SUZUKI)).status, 429);
});

test("A-066: 200 wrong guesses from elsewhere don't keep out a device that signed in before", async () => {
  const world = await createWorld();
  const own = await world.signedIn(SUZUKI, { ip: "203.0.113.7" });
  for (let i = 0; i < 200; i++) {
    const attacker = await world.client({ ip: `198.51.${i}.1` });
    await attacker.signIn(SUZUKI, WRONG);
  }
  const stranger = await world.client({ ip: "192.0.2.99" });
  assert.equal((await stranger.signIn(SUZUKI)).status, 429);
  assert.equal((await own.signIn(SUZUKI)).status, 200);
});

test("A-066: a known device has a budget of its own, so that it cannot guess without end either", async () => {
  const world = await createWorld();
  const own = await world.signedIn(SUZUKI);
  const statuses = [];
  for (let i = 0; i < 7; i++) statuses.push((await own.signIn(SUZUKI, WRONG)).status);
  assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429]);
});

test("SI-4: thirty failures from one address close it for its window, for every account", async () => {
  const world = await createWorld();
  const ip = "198.51.100.7";
  for (let i = 0; i < 30; i++) {
    const client = await world.client({ ip });
    assert.equal((await client.signIn(`guess${i}@minato.example.jp`, WRONG)).status, 401);
  }
  const client = await world.client({ ip });
  const blocked = await client.signIn(SUZUKI);
  assert.equal(blocked.status, 429);
  assert.equal(blocked.headers.get("retry-after"), "300");
  const elsewhere = await world.client({ ip: "198.51.100.8" });
  assert.equal((await elsewhere.signIn(SUZUKI)).status, 200);
  world.advance(5 * MINUTE);
  assert.equal((await client.signIn(SUZUKI)).status, 200);
});

test("A-068: addresses inside one IPv6 /64 share one bucket", async () => {
  const world = await createWorld();
  for (let i = 0; i < 30; i++) {
    const client = await world.client({ ip: `2001:db8:7:1::${i.toString(16)}` });
    await client.signIn(`guess${i}@minato.example.jp`, WRONG);
  }
  const same = await world.client({ ip: "2001:db8:7:1:ffff::1" });
  assert.equal((await same.signIn(SUZUKI)).status, 429);
  const next = await world.client({ ip: "2001:db8:7:2::1" });
  assert.equal((await next.signIn(SUZUKI)).status, 200);
});

test("SI-4: callers whose address is unknown share no bucket", async () => {
  const world = await createWorld();
  for (let i = 0; i < 40; i++) {
    const client = await world.client();
    assert.equal((await client.signIn(`guess${i}@minato.example.jp`, WRONG)).status, 401);
  }
});

test("A-067: a forwarded address in a header gives no extra budget", async () => {
  const world = await createWorld();
  for (let i = 0; i < 30; i++) {
    const client = await world.client({ ip: "198.51.100.7" });
    await client.send(
      "signIn",
      { audience: "staff", loginId: `guess${i}@a.jp`, password: WRONG },
      { headers: { "x-forwarded-for": `10.0.0.${i}`, "x-real-ip": `10.0.0.${i}` } },
    );
  }
  const client = await world.client({ ip: "198.51.100.7" });
  assert.equal((await client.signIn(SUZUKI)).status, 429);
});

test("SI-7: re-authentication is throttled by the same rule", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  for (let i = 0; i < 5; i++) assert.equal((await client.reauthenticate(WRONG)).status, 401);
  assert.equal((await client.reauthenticate()).status, 429);
  world.advance(30 * SECOND);
  assert.equal((await client.reauthenticate()).status, 200);
});

test("SI-8: a success after five failures is told to the owner by mail", async () => {
  const world = await createWorld();
  const client = await world.client();
  for (let i = 0; i < 5; i++) await client.signIn(SUZUKI, WRONG);
  world.advance(30 * SECOND);
  assert.equal((await client.signIn(SUZUKI)).status, 200);
  await world.backend.deliverOutbox();
  assert.deepEqual(
    world.mails.map(({ to }) => to),
    [SUZUKI],
  );
});

test("PW-6: a hash with old parameters is replaced once, under 16 sign-ins at once", async () => {
  const world = await createWorld();
  world.hasher.strength = 2;
  const clients = await Promise.all(Array.from({ length: 16 }, () => world.client()));
  const answers = await Promise.all(clients.map((client) => client.signIn(SUZUKI)));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  const account = await world.store.transaction(async (transaction) => {
    const login = await transaction.loginIds.get({ key: SUZUKI });
    return transaction.accounts.get({ id: login?.accountId ?? "" });
  });
  assert.match(account?.passwordHash ?? "", /^\$test\$2\$/);
  assert.equal(account?.credentialVersion, 1);
});

test("PW-7: an overloaded hasher is 503 with Retry-After, and counts as nobody's failure", async () => {
  const world = await createWorld();
  const verify = world.hasher.verify.bind(world.hasher);
  world.hasher.verify = () => Promise.reject(new HasherOverloaded(3));
  const client = await world.client();
  for (let i = 0; i < 10; i++) {
    const answer = await client.signIn(SUZUKI);
    assert.equal(answer.status, 503);
    assert.equal(answer.body.code, "overloaded");
    assert.equal(answer.headers.get("retry-after"), "3");
  }
  world.hasher.verify = verify;
  assert.equal((await client.signIn(SUZUKI)).status, 200);
});

test("AU-1: sign-ins and refusals are in the audit log, without the login id or the password", async () => {
  const world = await createWorld();
  const client = await world.client({ ip: "192.0.2.1" });
  await client.signIn(SUZUKI, "canary-password-1");
  await client.signIn("canary@example.jp", "canary-password-2");
  await client.signIn(SUZUKI);
  const rows = await world.store.transaction((transaction) =>
    transaction.audit.list({ action: "auth.sign_in" }, { orderBy: ["seq"] }),
  );
  assert.deepEqual(
    rows.map(({ result, reason, actorName, ip }) => ({ result, reason, actorName, ip })),
    [
      { result: "refused", reason: "invalid_credentials", actorName: null, ip: "192.0.2.1" },
      { result: "refused", reason: "invalid_credentials", actorName: null, ip: "192.0.2.1" },
      { result: "ok", reason: null, actorName: "鈴木 健一", ip: "192.0.2.1" },
    ],
  );
  assert.doesNotMatch(JSON.stringify(rows), /canary|suzuki@/);
});

test("AU-5: when the audit row cannot be written, nobody is signed in", async () => {
  const world = await createWorld();
  const client = await world.client();
  const repair = interceptTransactions(world.store, (tables) => ({
    ...tables,
    audit: { ...tables.audit, insert: () => Promise.reject(new Error("disk full")) },
  }));
  assert.equal((await client.signIn(SUZUKI)).status, 500);
  repair();
  assert.equal(await world.store.transaction((tables) => tables.sessions.count({})), 0);
});

test("a patient signs in through any hospital's client and sees the own account", async () => {
  const world = await createWorld();
  for (const clientId of ["demo-portal", "sakura-portal"]) {
    const client = await world.client({ clientId });
    assert.equal((await client.signIn("sato.kazuko@example.jp", undefined, "patient")).status, 200);
    const { body } = await client.send("getMe");
    assert.equal(body.kind, "patient");
    assert.equal(body.institution, null);
    assert.equal(body.name.text, "佐藤 和子");
  }
});
