import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createClient } from "../src/index.ts";
import { json, me, problem, signedIn } from "./support/answers.ts";
import { CREDENTIALS, testClient } from "./support/client.ts";
import { rejection } from "./support/rejection.ts";
import { scripted } from "./support/scripted.ts";

describe("the client", () => {
  test("signs in and calls with the token and a proof", async () => {
    const transport = scripted(({ path }) => (path === "/v1/me" ? json(me) : signedIn()));
    const client = testClient({ transport });
    const step = await client.auth.signIn(CREDENTIALS);
    assert.deepEqual(step, { status: "signed_in", lastSignInAt: null });
    assert.equal(client.session.state, "signed_in");
    assert.equal((await client.me.get()).name.text, "鈴木 健一");
    const [first, second] = transport.requests;
    assert.deepEqual(first?.json, CREDENTIALS);
    assert.equal(first?.headers["welby-client"], "demo-portal");
    assert.ok(first?.headers["dpop"]);
    assert.equal(first?.headers["authorization"], undefined);
    assert.equal(second?.headers["authorization"], "DPoP access-token-1");
  });

  test("clause 8c refuses plain http off loopback before any network", () => {
    assert.throws(() => createClient({ baseUrl: "http://api.example.jp", clientId: "demo-portal" }), {
      code: "invalid_configuration",
    });
  });

  test("says in the client's language what happened, what to do and the request id", async () => {
    const transport = scripted(() => problem("invalid_credentials"));
    const error = await rejection(testClient({ transport }).auth.signIn(CREDENTIALS));
    assert.equal(error.code, "invalid_credentials");
    assert.equal(
      error.message,
      "ログインIDまたはパスワードが正しくありません。入力内容を確認して、もう一度お試しください。（お問い合わせ番号: req-1）",
    );
    const english = await rejection(testClient({ transport, locale: "en" }).auth.signIn(CREDENTIALS));
    assert.equal(
      english.message,
      "The login ID or the password is not correct. Check what you typed and try again. (Request ID: req-1)",
    );
  });
});
