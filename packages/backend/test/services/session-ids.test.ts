import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeJwt } from "jose";
import { newSecret } from "../../src/domain/secret.ts";
import { webRandom, type Random } from "../../src/ports/index.ts";
import { createWorld } from "../support/world.ts";

const bytesOf = (secret: string) => Buffer.from(secret, "base64url");

test("A-014 10,000 secrets: none twice, 256 bits each, and every bit about as often 1 as 0", () => {
  const secrets = Array.from({ length: 10_000 }, () => newSecret(webRandom));
  assert.equal(new Set(secrets).size, secrets.length);
  const ones = new Array<number>(256).fill(0);
  for (const secret of secrets) {
    const bytes = bytesOf(secret);
    assert.equal(bytes.length, 32);
    ones.forEach((count, bit) => (ones[bit] = count + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1)));
  }
  // Six standard deviations of 10,000 throws: one in a billion for each bit.
  for (const [bit, count] of ones.entries()) assert.ok(Math.abs(count - 5_000) < 300, `bit ${bit}: ${count}`);
});

test("A-014 what a session is known by comes from the port of randomness, in full", async () => {
  const drawn: string[] = [];
  const random: Random = {
    uuid: () => webRandom.uuid(),
    bytes: (length) => {
      const bytes = webRandom.bytes(length);
      drawn.push(Buffer.from(bytes).toString("base64url"));
      return bytes;
    },
  };
  const world = await createWorld({ ports: { random } });
  const tokens: string[] = [];
  const ids: string[] = [];
  for (let count = 0; count < 50; count++) {
    const client = await world.signedIn();
    tokens.push(client.session?.refreshToken ?? "");
    ids.push(String(decodeJwt(client.session?.accessToken ?? "")["sid"]));
  }
  assert.equal(new Set(tokens).size, 50);
  assert.equal(new Set(ids).size, 50);
  for (const token of tokens) assert.ok(drawn.includes(token) && bytesOf(token).length >= 16);
});

test("A-014 the id of a session is no secret: who knows it has nothing", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const sid = String(decodeJwt(client.session?.accessToken ?? "")["sid"]);
  const session = { accessToken: sid, refreshToken: sid };
  assert.equal((await client.send("getMe", {}, { session })).status, 401);
  assert.equal((await client.refresh(sid)).status, 401);
});
