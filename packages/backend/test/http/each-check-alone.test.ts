import assert from "node:assert/strict";
import { test } from "node:test";
import { calculateJwkThumbprint } from "jose";
import { signAccessToken, type AccessClaims } from "../../src/domain/access-token.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { createWorld, type World } from "../support/world.ts";

/*
 * A token passes several checks that usually fail together. Here the token, the session or the account is put so that
 * only one of them is left to refuse it.
 */

const OTHER = "other-portal";

/** A second DPoP client of the same hospital, on the same device. */
async function otherPortal(world: World, keyPair?: CryptoKeyPair): Promise<TestClient> {
  await world.store.transaction(async (transaction) => {
    const first = await transaction.partnerClients.get({ clientId: "demo-portal" });
    if (first) await transaction.partnerClients.insert({ ...first, clientId: OTHER });
  });
  return world.client({ clientId: OTHER, ...(keyPair && { keyPair }) });
}

/** A token of ours for the client's session, but for what a test changes in it. */
async function tokenFor(world: World, client: TestClient, changes: Partial<AccessClaims>) {
  const [session] = await world.store.transaction((transaction) =>
    transaction.sessions.list({}, { orderBy: ["createdAt"], descending: true, limit: 1 }),
  );
  if (!session) throw new Error("nobody is signed in");
  const { keys } = world.ports;
  const accessToken = await signAccessToken(
    { keys, issuer: "https://api.example.jp", now: world.now() },
    crypto.randomUUID(),
    {
      accountId: session.accountId,
      sessionId: session.id,
      clientId: session.clientId,
      institutionId: null,
      authenticatedAt: session.authenticatedAt,
      amr: session.amr,
      keyThumbprint: session.keyThumbprint,
      ...changes,
    },
  );
  return { session, accessToken: { accessToken, refreshToken: client.session?.refreshToken ?? "" } };
}

const me = async (client: TestClient, session: { accessToken: string; refreshToken: string }) => {
  const { status, body } = await client.send("getMe", {}, { session });
  return [status, (body as { code?: string }).code];
};

test("a token made for this check is good when nothing about it is wrong", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const { accessToken } = await tokenFor(world, client, {});
  assert.deepEqual(await me(client, accessToken), [200, undefined]);
});

test("A-045: a token names its client: another one of the same hospital, with the same key and even its session, cannot use it", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const other = await otherPortal(world, client.keyPair);
  const { session, accessToken } = await tokenFor(world, client, {});
  assert.deepEqual(await me(other, accessToken), [401, "unauthenticated"]);
  await world.store.transaction((transaction) =>
    transaction.sessions.update({ id: session.id }, { clientId: OTHER }),
  );
  assert.deepEqual(await me(other, accessToken), [401, "unauthenticated"]);
});

test("A-045: a token that names another client than its session is refused", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const other = await otherPortal(world, client.keyPair);
  const { accessToken } = await tokenFor(world, client, { clientId: OTHER });
  assert.deepEqual(await me(other, accessToken), [401, "unauthenticated"]);
});

test("SE-3: a token that is bound to another key than its session is refused, with that key's proof", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const thief = await world.client();
  await thief.send("getMeta");
  const keyThumbprint = await calculateJwkThumbprint(thief.publicJwk);
  const { accessToken } = await tokenFor(world, client, { keyThumbprint });
  assert.deepEqual(await me(thief, accessToken), [401, "unauthenticated"]);
});

test("A-041: staff of one hospital cannot enter through another hospital's client, whatever token and session say", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const sakura = await world.client({ clientId: "sakura-portal", keyPair: client.keyPair });
  const { session, accessToken } = await tokenFor(world, client, { clientId: "sakura-portal" });
  await world.store.transaction((transaction) =>
    transaction.sessions.update({ id: session.id }, { clientId: "sakura-portal" }),
  );
  assert.deepEqual(await me(sakura, accessToken), [401, "unauthenticated"]);
});

test("IP-2 A-078: an account that has to change its password is held back in every session, also in a full one", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const { session } = await tokenFor(world, client, {});
  await world.store.transaction((transaction) =>
    transaction.accounts.update({ id: session.accountId }, { mustChangePassword: true }),
  );
  const { status, body } = await client.send("listGroups");
  assert.deepEqual([status, body.code], [403, "password_change_required"]);
});

test("A-026: the origin null is nobody, also when a client lists it", async () => {
  const world = await createWorld();
  await world.store.transaction((transaction) =>
    transaction.partnerClients.update({ clientId: "demo-portal" }, { allowedOrigins: ["null"] }),
  );
  const client = await world.client({ origin: "null" });
  const answer = await client.send("getMeta");
  assert.deepEqual([answer.status, answer.body.code], [403, "origin_not_allowed"]);
  assert.equal(answer.headers.get("access-control-allow-origin"), null);
});
