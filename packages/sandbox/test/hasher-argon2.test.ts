import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hash } from "@node-rs/argon2";
import { HasherOverloaded } from "@welby/backend/ports";
import { createArgon2Hasher } from "../src/hasher-argon2.ts";

describe("the argon2id hasher", () => {
  const hasher = createArgon2Hasher();

  test("PW-6 writes PHC strings with OWASP's minimum and a fresh salt of 16 bytes", async () => {
    const [one, two] = await Promise.all([hasher.hash("asagao-tegami"), hasher.hash("asagao-tegami")]);
    const phc = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$([A-Za-z0-9+/]+)\$[A-Za-z0-9+/]{43}$/;
    assert.equal(Buffer.from(phc.exec(one)?.[1] ?? "", "base64").length, 16);
    assert.notEqual(one, two);
  });

  test("recognises the password and nothing else", async () => {
    const stored = await hasher.hash("あさがお😀");
    assert.equal(await hasher.verify(stored, "あさがお😀"), true);
    assert.equal(await hasher.verify(stored, "あさがお😁"), false);
  });

  test("A-085 tells apart passwords that differ after 72 bytes or after a NUL", async () => {
    const long = "x".repeat(72);
    assert.equal(await hasher.verify(await hasher.hash(`${long}a`), `${long}b`), false);
    assert.equal(await hasher.verify(await hasher.hash("a\u0000b"), "a\u0000c"), false);
  });

  test("PW-6 asks to renew weaker hashes and leaves today's and stronger ones alone", async () => {
    const weaker = await hash("x", { memoryCost: 8192, timeCost: 2, parallelism: 1 });
    const stronger = await hash("x", { memoryCost: 65_536, timeCost: 3, parallelism: 1 });
    const cases = [
      weaker,
      stronger,
      await hasher.hash("x"),
      "$2b$12$abcdefghijklmnopqrstuv",
      "",
      weaker.replace("argon2id", "argon2i"),
    ];
    assert.deepEqual(
      cases.map((stored) => hasher.needsRehash(stored)),
      [true, false, false, true, true, true],
    );
  });

  test("PW-7 refuses at once what would wait behind 50 others, and serves the rest", async () => {
    const small = createArgon2Hasher({ concurrency: 2 });
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => small.hash("x")));
    const refused = results.filter((result) => result.status === "rejected");
    assert.equal(refused.length, 100 - 2 - 50);
    assert.ok(
      refused.every(
        ({ reason }) => reason instanceof HasherOverloaded && Number.isInteger(reason.retryAfterSec),
      ),
    );
    assert.match(await small.hash("x"), /^\$argon2id/, "the queue should be empty again");
  });

  test("a failing check frees its place", async () => {
    const one = createArgon2Hasher({ concurrency: 1, queueLimit: 1 });
    await assert.rejects(one.verify("not a hash", "x"));
    assert.match(await one.hash("x"), /^\$argon2id/);
  });
});
