import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { memoryStore } from "../../src/stores/memory.ts";
import { empty, problem, signedIn } from "../support/answers.ts";
import { CREDENTIALS, testClient } from "../support/client.ts";
import { rejection } from "../support/rejection.ts";
import { scripted } from "../support/scripted.ts";

const confirmation = "退会";

async function signedInClient(answer: () => ReturnType<typeof empty>) {
  const transport = scripted(({ path }) =>
    path === "/v1/auth/sign-in" ? signedIn() : path === "/v1/me/withdrawal" ? answer() : empty(),
  );
  const store = memoryStore();
  const client = testClient({ transport, store });
  await client.auth.signIn(CREDENTIALS);
  return { client, store };
}

describe("a withdrawal", () => {
  test("SE-9 clears what this origin keeps of the session", async () => {
    const { client, store } = await signedInClient(() => empty());
    await client.me.withdraw({ confirmation });
    assert.equal(client.session.state, "signed_out");
    assert.equal(await store.read(), null);
  });

  test("that was refused leaves the session as it is", async () => {
    const { client, store } = await signedInClient(() => problem("step_up_required"));
    const error = await rejection(client.me.withdraw({ confirmation }));
    assert.equal(error.code, "step_up_required");
    assert.equal(client.session.state, "signed_in");
    assert.notEqual(await store.read(), null);
  });

  test("is not sent without the word", async () => {
    const { client } = await signedInClient(() => empty());
    assert.equal((await rejection(client.me.withdraw({ confirmation: "はい" }))).code, "validation_failed");
  });
});
