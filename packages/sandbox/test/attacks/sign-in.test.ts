import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { demoTotp } from "@welby/backend/seed";
import { SEED_PASSWORD, type TestAnswer } from "@welby/backend/testing";
import { MINUTE, onBothEngines, SECOND, type Target } from "../support/engines.ts";

const WRONG = "wrong-wrong-wrong";
const NEW_PASSWORD = "hotaru-kawabe-natsu-9";
const outcome = ({ status, body }: TestAnswer) =>
  status < 300 ? String(status) : `${status} ${(body as { code?: string }).code ?? ""}`;
/** An answer without what is new each time. */
const shape = ({ status, headers, body }: TestAnswer) => {
  const { requestId: _, ...rest } = (body ?? {}) as Record<string, unknown>;
  const ofRequest = ["date", "welby-request-id", "dpop-nonce"];
  return JSON.stringify([status, [...headers].filter(([name]) => !ofRequest.includes(name)), rest]);
};

onBothEngines("guessing at the door", (target) => {
  const guess = async (loginId: string, options: { ip?: string; headers?: Record<string, string> } = {}) => {
    const device = await target().device(options.ip === undefined ? {} : { ip: options.ip });
    const credentials = { audience: "staff", loginId, password: WRONG };
    return device.send("signIn", credentials, options.headers ? { headers: options.headers } : {});
  };

  test("A-050 whoever is refused is refused in the same words, whatever the reason", async () => {
    const cases = [
      ["tanaka@minato.example.jp", "staff"],
      ["nobody@minato.example.jp", "staff"],
      ["watanabe@minato.example.jp", "staff"],
      ["sasaki@minato.example.jp", "staff"],
      ["yamasaki@sakura.example.jp", "staff"],
      ["tanaka@minato.example.jp", "patient"],
    ] as const;
    const shapes = new Set<string>();
    for (const [loginId, audience] of cases)
      shapes.add(shape(await (await target().device()).signIn(loginId, WRONG, audience)));
    assert.equal(shapes.size, 1, [...shapes].join("\n"));
    const resets = new Set<string>();
    for (const email of [
      "suzuki@minato.example.jp",
      "nobody@minato.example.jp",
      "watanabe@minato.example.jp",
    ])
      resets.add(
        shape(await (await target().device()).send("requestPasswordReset", { audience: "staff", email })),
      );
    assert.equal(resets.size, 1);
  });

  test("A-066 two hundred guesses from elsewhere don't keep out a device that was here before", async () => {
    const own = await target().signedIn("tanaka@minato.example.jp");
    const outcomes = new Set<string>();
    for (let wave = 0; wave < 10; wave++) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => guess("tanaka@minato.example.jp")));
      for (const answer of answers) outcomes.add(outcome(answer));
    }
    assert.deepEqual([...outcomes].sort(), ["401 invalid_credentials", "429 rate_limited"]);
    const stranger = await target().device();
    assert.equal(outcome(await stranger.signIn("tanaka@minato.example.jp")), "429 rate_limited");
    assert.equal((await own.signIn("tanaka@minato.example.jp")).status, 200);
  });

  test("A-067 an address that the caller writes in front of its own gives no new budget", async () => {
    const outcomes: string[] = [];
    for (let count = 0; count < 32; count++) {
      const forwarded = { "x-forwarded-for": `198.51.100.${count}, 192.0.2.77` };
      outcomes.push(outcome(await guess(`nobody-${count}@minato.example.jp`, { headers: forwarded })));
    }
    assert.deepEqual(
      [outcomes.slice(0, 30).every((one) => one === "401 invalid_credentials"), outcomes.slice(30)],
      [true, ["429 rate_limited", "429 rate_limited"]],
    );
  });

  test("A-068 all addresses of one IPv6 network are one caller", async () => {
    const outcomes: string[] = [];
    for (let count = 0; count < 31; count++)
      outcomes.push(
        outcome(await guess(`none-${count}@minato.example.jp`, { ip: `2001:db8:ffff:1::${count + 1}` })),
      );
    assert.equal(outcomes.at(-2), "401 invalid_credentials");
    assert.equal(outcomes.at(-1), "429 rate_limited");
    const neighbour = await guess("none@minato.example.jp", { ip: "2001:db8:ffff:2::1" });
    assert.equal(outcome(neighbour), "401 invalid_credentials");
  });

  test("A-069 A-075 guesses and used tokens are remembered over a restart", async () => {
    const client = await target().signedIn("suzuki@minato.example.jp");
    const used = client.session?.refreshToken;
    assert.equal((await client.refresh()).status, 200);
    const before = [];
    for (let count = 0; count < 3; count++) before.push((await guess("kobayashi@minato.example.jp")).status);
    await target().restart();
    const afterwards = [];
    for (let count = 0; count < 3; count++)
      afterwards.push((await guess("kobayashi@minato.example.jp")).status);
    assert.deepEqual(
      [before, afterwards],
      [
        [401, 401, 401],
        [401, 401, 429],
      ],
    );
    target().forward(11 * SECOND);
    assert.equal(outcome(await client.refresh(used)), "401 refresh_reused");
    assert.equal((await client.refresh()).status, 401);
  });
});

onBothEngines("a forgotten password", (target) => {
  const ask = async (email: unknown, headers: Record<string, string> = {}) =>
    (await target().device()).send("requestPasswordReset", { audience: "staff", email }, { headers });
  const tokenOf = (mail: string) => /#token=([\w-]+)/.exec(mail)?.[1] ?? assert.fail(mail);
  const confirm = async (token: string, newPassword = NEW_PASSWORD) =>
    (await target().device()).send("confirmPasswordReset", { token, newPassword });
  /** Deletes what was sent, so that the next mail is the one that is looked for. */
  const emptied = (at: Target) =>
    at.store.transaction((tx) => tx.outbox.delete({ template: "password_reset" }));
  async function newToken(email: string) {
    await emptied(target());
    assert.equal((await ask(email)).status, 202);
    return tokenOf(await target().mailTo(email, "password_reset"));
  }

  test("A-052 the link leads to the portal, whatever the request says about hosts", async () => {
    await emptied(target());
    const evil = "evil.example";
    const headers = {
      "x-forwarded-host": evil,
      "x-forwarded-proto": "https",
      "x-host": evil,
      forwarded: `host=${evil}`,
      referer: `https://${evil}/`,
    };
    assert.equal((await ask("yamasaki@sakura.example.jp", headers)).status, 202);
    assert.equal((await ask("suzuki@minato.example.jp", headers)).status, 202);
    const mail = await target().mailTo("suzuki@minato.example.jp", "password_reset");
    assert.match(mail, /http:\/\/localhost:8080\/password-reset\.html/);
    assert.equal(mail.includes(evil), false);
  });

  test("A-053 one address is asked for, not a list of them in any form", async () => {
    for (const email of [
      ["suzuki@minato.example.jp", "evil@evil.example"],
      "suzuki@minato.example.jp,evil@evil.example",
      "suzuki@minato.example.jp evil@evil.example",
      "suzuki@minato.example.jp\r\nBcc: evil@evil.example",
      { 0: "suzuki@minato.example.jp" },
    ])
      assert.equal((await ask(email)).status, 422, JSON.stringify(email));
  });

  test("A-054 mail goes to the stored address, never to a look-alike that was typed", async () => {
    await emptied(target());
    for (const email of [
      "ｓｕｚｕｋｉ@minato.example.jp",
      "suzuki@minato.example.jp ",
      "SUZUKI@MINATO.EXAMPLE.JP",
    ])
      assert.ok([202, 422].includes((await ask(email)).status));
    for (const email of ["suzukı@minato.example.jp", "suzuki@mınato.example.jp"]) await ask(email);
    await sleep(1_000);
    const rows = await target().store.transaction((tx) => tx.outbox.list({ template: "password_reset" }));
    assert.ok(rows.every(({ recipient }) => recipient === "suzuki@minato.example.jp"));
  });

  test("A-055 A-058 a link works once, only the newest, half an hour, and ends every session", async () => {
    const email = "tanaka@minato.example.jp";
    const session = await target().signedIn(email);
    const older = await newToken(email);
    const token = await newToken(email);
    assert.equal(outcome(await confirm(older)), "422 token_invalid");
    assert.equal((await confirm(token)).status, 204);
    assert.equal(outcome(await confirm(token, "another-hotaru-natsu-1")), "422 token_invalid");
    assert.equal((await session.send("getMe")).status, 401);
    assert.equal((await session.refresh()).status, 401);
    assert.equal((await (await target().device()).signIn(email)).status, 401, "the old password");
    assert.equal((await (await target().device()).signIn(email, NEW_PASSWORD)).status, 200);
    const late = await newToken(email);
    target().forward(30 * MINUTE + SECOND);
    assert.equal(outcome(await confirm(late)), "422 token_invalid");
  });

  test("A-057 a scanner that opens the link uses nothing up", async () => {
    const email = "takahashi@minato.example.jp";
    const token = await newToken(email);
    for (const method of ["GET", "HEAD"]) {
      const response = await target().raw(`/v1/auth/password-resets/confirm?token=${token}`, {
        method,
        headers: { "welby-client": "demo-portal" },
      });
      assert.equal(response.status, 405);
    }
    assert.equal((await confirm(token)).status, 204);
  });

  test("A-059 a reset does not stand in for the second factor", async () => {
    await emptied(target());
    const kakuu = await target().device({ clientId: "kakuu-portal" });
    await kakuu.send("requestPasswordReset", { audience: "staff", email: demoTotp.loginId });
    const token = tokenOf(await target().mailTo(demoTotp.loginId, "password_reset"));
    assert.equal(
      (await kakuu.send("confirmPasswordReset", { token, newPassword: NEW_PASSWORD })).status,
      204,
    );
    const { status, body } = await kakuu.signIn(demoTotp.loginId, NEW_PASSWORD);
    assert.deepEqual([status, body.status, kakuu.session], [200, "mfa_required", null]);
  });

  test("A-085 passwords that differ after 72 bytes are two passwords, and NUL ends none", async () => {
    const email = "suzuki@minato.example.jp";
    // Three mails an hour is what one person gets.
    target().forward(61 * MINUTE);
    const long = `${"夏の川辺".repeat(10)}x`;
    assert.equal((await confirm(await newToken(email), long)).status, 204);
    assert.equal((await (await target().device()).signIn(email, `${long.slice(0, -1)}y`)).status, 401);
    assert.notEqual((await (await target().device()).signIn(email, `${long}\u0000tail`)).status, 200);
    assert.equal((await (await target().device()).signIn(email, long)).status, 200);
    assert.notEqual(long, SEED_PASSWORD);
  });
});
