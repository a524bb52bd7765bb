import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operations, type OperationRow } from "@welby/contract";
import type { WelbyClient } from "../src/types.ts";
import { grant, ID, json, signedIn } from "./support/answers.ts";
import { CREDENTIALS, testClient } from "./support/client.ts";
import { scripted } from "./support/scripted.ts";

/** One use of every method of the client that calls the API. A method that is missing here fails the first test. */
const uses: Record<string, (client: WelbyClient) => PromiseLike<unknown>> = {
  "auth.signIn": ({ auth }) => auth.signIn(CREDENTIALS),
  "auth.setInitialPassword": ({ auth }) => auth.setInitialPassword("asagao-tegami-koharu-8"),
  "auth.reauthenticate": ({ auth }) => auth.reauthenticate("asagao-tegami-koharu-7"),
  "auth.requestPasswordReset": ({ auth }) =>
    auth.requestPasswordReset({ audience: "patient", email: "ab..c@docomo.ne.jp" }),
  "auth.confirmPasswordReset": ({ auth }) =>
    auth.confirmPasswordReset({ token: "t", newPassword: "asagao-tegami-koharu-8" }),
  "me.get": ({ me }) => me.get(),
  "staff.list": ({ staff }) => staff.list(),
  "staff.get": ({ staff }) => staff.get(ID),
  "staff.add": ({ staff }) =>
    staff.add({ name: { family: "佐藤", given: "光" }, email: "sato@minato.example.jp" }),
  "staff.changeRole": ({ staff }) => staff.changeRole({ staffId: ID, role: "admin", version: 1 }),
  "staff.previewRoles": ({ staff }) =>
    staff.previewRoles({ changes: [{ staffId: ID, role: "admin", version: 1 }] }),
  "staff.changeRoles": ({ staff }) =>
    staff.changeRoles({ changes: [{ staffId: ID, role: "admin", version: 1 }] }),
  "groups.list": ({ groups }) => groups.list(),
  "groups.create": ({ groups }) => groups.create({ name: "外来A" }),
  "groups.changeMembers": ({ groups }) => groups.changeMembers({ groupId: ID, add: [ID] }),
  "categories.list": ({ categories }) => categories.list(),
  "patients.search": ({ patients }) => patients.search(),
  "patients.getGroups": ({ patients }) => patients.getGroups(ID),
  "patients.putGroups": ({ patients }) => patients.putGroups({ patientId: ID, groupIds: [], version: 1 }),
  "meta.get": ({ meta }) => meta.get(),
  "meta.passwordPolicy": ({ meta }) => meta.passwordPolicy(),
  "auth.signOut": ({ auth }) => auth.signOut(),
};

describe("the client's methods", () => {
  test("are all used below", () => {
    const client = testClient({ transport: scripted(() => signedIn()) });
    const nouns = ["auth", "me", "staff", "groups", "categories", "patients", "meta"] as const;
    const methods = nouns.flatMap((noun) => Object.keys(client[noun]).map((method) => `${noun}.${method}`));
    assert.deepEqual(methods.sort(), Object.keys(uses).sort());
  });

  test("reach every operation of the contract but the documents at the root", async () => {
    const rows = Object.values(operations) as OperationRow[];
    const reached = new Set<string>();
    const transport = scripted(({ method, path }) => {
      const operation = rows.find(
        (row) =>
          row.method === method &&
          new RegExp(`^${row.path.replace(/\{\w+\}/g, "[\\w-]+")}(\\?|$)`).test(path),
      );
      assert.ok(operation, `${method} ${path} is no operation`);
      reached.add(operation.id);
      if (operation.id === "signIn") return signedIn();
      // A refresh is due after each of these, and the second factor has no method of its own.
      if (operation.id === "refreshToken") return json(grant(2));
      return json({ code: "forbidden" }, 403, { "content-type": "application/problem+json" });
    });
    const client = testClient({ transport });
    for (const use of Object.values(uses)) await Promise.resolve(use(client)).catch(() => {});

    const challenge = scripted(({ path }) => {
      if (path === "/v1/auth/mfa/verify") reached.add("verifyMfa");
      return path === "/v1/auth/sign-in"
        ? json({ status: "mfa_required", challenge: "c", methods: ["totp"], expiresInSec: 60 })
        : signedIn();
    });
    const step = await testClient({ transport: challenge }).auth.signIn(CREDENTIALS);
    assert.ok(step.status === "mfa_required");
    await step.verify({ method: "totp", code: "123456" });

    const renewing = scripted(({ path }) => {
      if (path === "/v1/auth/token") reached.add("refreshToken");
      return path === "/v1/auth/sign-in"
        ? signedIn()
        : path === "/v1/auth/token"
          ? json(grant(2))
          : json({ code: "token_expired" }, 401, { "content-type": "application/problem+json" });
    });
    const expired = testClient({ transport: renewing });
    await expired.auth.signIn(CREDENTIALS);
    await expired.me.get().catch(() => {});

    const expected = rows.filter(({ clientless }) => !clientless).map(({ id }) => id);
    assert.deepEqual([...reached].sort(), expected.sort());
  });
});
