import assert from "node:assert/strict";
import { test } from "node:test";
import { createWorld } from "../support/world.ts";

test("a person signs in, is known by name, refreshes and signs out", async () => {
  const world = await createWorld();
  const client = await world.client();

  const signedIn = await client.signIn("suzuki@minato.example.jp");
  assert.equal(signedIn.status, 200, JSON.stringify(signedIn.body));
  assert.equal(signedIn.body.status, "signed_in");
  assert.equal(signedIn.body.grant.tokenType, "DPoP");

  const me = await client.send("getMe");
  assert.equal(me.status, 200, JSON.stringify(me.body));
  assert.equal(me.body.name.text, "鈴木 健一");
  assert.equal(me.body.role, "admin");
  assert.equal(me.body.institution.name, "みなと青空総合病院");

  const before = client.session;
  const refreshed = await client.refresh();
  assert.equal(refreshed.status, 200, JSON.stringify(refreshed.body));
  assert.notEqual(client.session?.refreshToken, before?.refreshToken);
  assert.equal((await client.send("getMe")).status, 200);

  const dead = client.session;
  assert.equal((await client.send("signOut", { refreshToken: dead?.refreshToken })).status, 204);
  assert.equal((await client.send("getMe", {}, { session: dead })).status, 401);
});
