import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operations, type OperationRow } from "@welby/contract";
import type { WelbyClient } from "../src/types.ts";
import { grant, ID, json, signedIn } from "./support/answers.ts";
import { CREDENTIALS, testClient } from "./support/client.ts";
import { scripted } from "./support/scripted.ts";

const made = { id: "aQ", rawId: "aQ", type: "public-key" } as const;
const assertion = {
  ...made,
  response: { clientDataJSON: "e30", authenticatorData: "aQ", signature: "aQ" },
};

/** One use of every method of the client that calls the API. A method that is missing here fails the first test. */
const uses: Record<string, (client: WelbyClient) => PromiseLike<unknown>> = {
  "auth.signIn": ({ auth }) => auth.signIn(CREDENTIALS),
  "auth.startPasskeySignIn": ({ auth }) => auth.startPasskeySignIn("staff"),
  "auth.signInWithPasskey": ({ auth }) => auth.signInWithPasskey({ challenge: "c", credential: assertion }),
  "auth.setInitialPassword": ({ auth }) => auth.setInitialPassword("asagao-tegami-koharu-8"),
  "auth.reauthenticate": ({ auth }) => auth.reauthenticate("asagao-tegami-koharu-7"),
  "auth.requestPasswordReset": ({ auth }) =>
    auth.requestPasswordReset({ audience: "patient", email: "ab..c@docomo.ne.jp" }),
  "auth.confirmPasswordReset": ({ auth }) =>
    auth.confirmPasswordReset({ token: "t", newPassword: "asagao-tegami-koharu-8" }),
  "me.get": ({ me }) => me.get(),
  "me.update": ({ me }) => me.update({ name: { family: "山田", given: "花子" }, version: 1 }),
  "me.changePassword": ({ me }) =>
    me.changePassword({ currentPassword: "asagao-tegami-koharu-7", newPassword: "asagao-tegami-koharu-8" }),
  "me.requestEmailChange": ({ me }) => me.requestEmailChange({ email: "sato@minato.example.jp" }),
  "me.confirmEmailChange": ({ me }) => me.confirmEmailChange("t"),
  "registrations.request": ({ registrations }) => registrations.request({ email: "sato@example.jp" }),
  "registrations.confirm": ({ registrations }) =>
    registrations.confirm({
      token: "t",
      name: { family: "佐藤", given: "光" },
      birthDate: "1990-04-01",
      sex: "other",
      password: "asagao-tegami-koharu-8",
      acceptedTermsVersion: "2026-04-01",
    }),
  "me.withdraw": ({ me }) => me.withdraw({ confirmation: "退会" }),
  "me.listSessions": ({ me }) => me.listSessions(),
  "me.endSession": ({ me }) => me.endSession(ID),
  "factors.list": ({ factors }) => factors.list(),
  "factors.startTotp": ({ factors }) => factors.startTotp(),
  "factors.confirmTotp": ({ factors }) => factors.confirmTotp("123456"),
  "factors.startSms": ({ factors }) => factors.startSms("090-0000-0031"),
  "factors.confirmSms": ({ factors }) => factors.confirmSms("123456"),
  "factors.startPasskey": ({ factors }) => factors.startPasskey(),
  "factors.addPasskey": ({ factors }) =>
    factors.addPasskey({
      label: "診察室のパソコン",
      credential: { ...made, response: { clientDataJSON: "e30", attestationObject: "oA" } },
    }),
  "factors.remove": ({ factors }) => factors.remove(ID),
  "factors.createRecoveryCodes": ({ factors }) => factors.createRecoveryCodes(),
  "staff.list": ({ staff }) => staff.list(),
  "staff.get": ({ staff }) => staff.get(ID),
  "staff.add": ({ staff }) =>
    staff.add({ name: { family: "佐藤", given: "光" }, email: "sato@minato.example.jp" }),
  "staff.changeRole": ({ staff }) => staff.changeRole({ staffId: ID, role: "admin", version: 1 }),
  "staff.previewRoles": ({ staff }) =>
    staff.previewRoles({ changes: [{ staffId: ID, role: "admin", version: 1 }] }),
  "staff.changeRoles": ({ staff }) =>
    staff.changeRoles({ changes: [{ staffId: ID, role: "admin", version: 1 }] }),
  "staff.update": ({ staff }) => staff.update({ staffId: ID, occupation: "看護師", version: 1 }),
  "staff.remove": ({ staff }) => staff.remove({ staffId: ID, version: 1 }),
  "staff.suspend": ({ staff }) => staff.suspend({ staffId: ID, version: 1 }),
  "staff.resume": ({ staff }) => staff.resume({ staffId: ID, reason: "復職のため", version: 1 }),
  "staff.resendInvitation": ({ staff }) => staff.resendInvitation({ staffId: ID }),
  "staff.resetFactors": ({ staff }) => staff.resetFactors({ staffId: ID, reason: "紛失" }),
  "staff.startPasswordReset": ({ staff }) => staff.startPasswordReset(ID),
  "staff.endSessions": ({ staff }) => staff.endSessions(ID),
  "invitations.confirm": ({ invitations }) =>
    invitations.confirm({ token: "t", newPassword: "asagao-tegami-koharu-8" }),
  "groups.list": ({ groups }) => groups.list(),
  "groups.get": ({ groups }) => groups.get(ID),
  "groups.create": ({ groups }) => groups.create({ name: "外来A" }),
  "groups.update": ({ groups }) => groups.update({ groupId: ID, sortOrder: 3, version: 1 }),
  "groups.delete": ({ groups }) => groups.delete({ groupId: ID, version: 1 }),
  "groups.changeMembers": ({ groups }) => groups.changeMembers({ groupId: ID, add: [ID] }),
  "categories.list": ({ categories }) => categories.list(),
  "categories.create": ({ categories }) => categories.create({ name: "疾患" }),
  "categories.update": ({ categories }) => categories.update({ categoryId: ID, name: "疾患", version: 1 }),
  "categories.delete": ({ categories }) => categories.delete({ categoryId: ID, version: 1 }),
  "categories.order": ({ categories }) => categories.order([ID]),
  "patients.search": ({ patients }) => patients.search(),
  "patients.get": ({ patients }) => patients.get(ID),
  "patients.getGroups": ({ patients }) => patients.getGroups(ID),
  "patients.putGroups": ({ patients }) => patients.putGroups({ patientId: ID, groupIds: [], version: 1 }),
  "audit.search": ({ audit }) => audit.search({ action: "staff.added" }),
  "audit.export": ({ audit }) => audit.export(),
  "institution.get": ({ institution }) => institution.get(),
  "institution.updateSettings": ({ institution }) =>
    institution.updateSettings({ idleTimeoutMin: 10, version: 1 }),
  "incidents.list": ({ incidents }) => incidents.list(),
  "notices.list": ({ notices }) => notices.list(),
  "notices.acknowledge": ({ notices }) => notices.acknowledge(ID),
  "meta.get": ({ meta }) => meta.get(),
  "meta.promises": ({ meta }) => meta.promises(),
  "meta.passwordPolicy": ({ meta }) => meta.passwordPolicy(),
  "auth.signOut": ({ auth }) => auth.signOut(),
};

describe("the client's methods", () => {
  test("are all used below", () => {
    const client = testClient({ transport: scripted(() => signedIn()) });
    const nouns = [
      "auth",
      "me",
      "registrations",
      "factors",
      "staff",
      "invitations",
      "groups",
      "categories",
      "patients",
      "institution",
      "audit",
      "notices",
      "incidents",
      "meta",
    ] as const;
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
      if (path === "/v1/auth/mfa/sms") reached.add("sendMfaCode");
      if (path === "/v1/auth/mfa/passkey") reached.add("startMfaPasskey");
      return path === "/v1/auth/sign-in"
        ? json({ status: "mfa_required", challenge: "c", methods: ["totp"], expiresInSec: 60 })
        : signedIn();
    });
    const step = await testClient({ transport: challenge }).auth.signIn(CREDENTIALS);
    assert.ok(step.status === "mfa_required");
    await step.sendCode().catch(() => {});
    await step.passkeyOptions().catch(() => {});
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
