import { UniqueViolation, type Store, type Transaction } from "../../ports/store.ts";
import { assert, assertEqual, assertRejects } from "../assert.ts";
import type { TestHarness } from "../harness.ts";
import {
  account,
  at,
  audit,
  consent,
  factor,
  category,
  group,
  loginId,
  membership,
  person,
  recoveryCode,
  secret,
  uuid,
} from "./fixtures.ts";

/** Unique rules, append-only rows, sequences. */
export function ruleTests(open: () => Promise<Store>, { test }: TestHarness): void {
  const breaks = async (
    rule: string,
    first: (tx: Transaction) => Promise<void>,
    second: (tx: Transaction) => Promise<unknown>,
  ) => {
    const store = await open();
    await store.transaction(first);
    const error = await assertRejects(store.transaction(second), `${rule} was not enforced`);
    assert(error instanceof UniqueViolation, `expected a UniqueViolation, got ${String(error)}`);
    assertEqual(error.rule, rule);
  };

  test("a key is unique", async () => {
    const row = group(uuid(), "a");
    await breaks(
      "groups_key",
      (tx) => tx.groups.insert(row),
      (tx) => tx.groups.insert({ ...row, nameKey: "b" }),
    );
  });

  test("a login id is unique in its realm, and free in another", async () => {
    const row = loginId();
    await breaks(
      "login_ids_realm_key",
      (tx) => tx.loginIds.insert(row),
      (tx) => tx.loginIds.insert(loginId({ realm: row.realm })),
    );
    const store = await open();
    await store.transaction((tx) => tx.loginIds.insert(loginId()));
  });

  test("a patient number is unique in its institution, and missing numbers don't collide", async () => {
    const institutionId = uuid();
    const link = () => person(institutionId, { name: "甲", number: "12345" }).link;
    await breaks(
      "patient_links_number",
      (tx) => tx.patientLinks.insert(link()),
      (tx) => tx.patientLinks.insert(link()),
    );
    const store = await open();
    await store.transaction((tx) =>
      tx.patientLinks.insertMany([1, 2].map(() => person(institutionId, { name: "乙" }).link)),
    );
    await store.transaction((tx) => tx.patientLinks.insert({ ...link(), institutionId: uuid() }));
  });

  test("a category name is unique among the categories that are not deleted", async () => {
    const institutionId = uuid();
    await breaks(
      "categories_name",
      (tx) => tx.categories.insert(category(institutionId, "疾患")),
      (tx) => tx.categories.insert(category(institutionId, "疾患")),
    );
    const store = await open();
    await store.transaction(async (tx) => {
      await tx.categories.update({ institutionId }, { deletedAt: at("2026-01-01T00:00:00Z") });
      await tx.categories.insert(category(institutionId, "疾患"));
      assertEqual(await tx.categories.count({ institutionId, deletedAt: null }), 1);
    });
  });

  test("one link per institution and patient", async () => {
    const { link } = person(uuid(), { name: "甲" });
    await breaks(
      "patient_links_pair",
      (tx) => tx.patientLinks.insert(link),
      (tx) => tx.patientLinks.insert({ ...link, id: uuid() }),
    );
  });

  test("a group name is unique among the groups that are not deleted", async () => {
    const institutionId = uuid();
    await breaks(
      "groups_name",
      (tx) => tx.groups.insert(group(institutionId, "CKD")),
      (tx) => tx.groups.insert(group(institutionId, "ckd")),
    );
    const store = await open();
    await store.transaction(async (tx) => {
      await tx.groups.update({ institutionId }, { deletedAt: at("2026-01-01T00:00:00Z") });
      await tx.groups.insert(group(institutionId, "CKD"));
      await tx.groups.insert(group(institutionId, "CKD", { deletedAt: at("2026-01-02T00:00:00Z") }));
    });
    const reopened = await assertRejects(
      store.transaction((tx) => tx.groups.update({ institutionId }, { deletedAt: null })),
    );
    assert(reopened instanceof UniqueViolation, "an update must not break a unique rule either");
  });

  test("one open membership per group and patient; ended ones are history", async () => {
    const row = membership(uuid(), uuid(), uuid());
    await breaks(
      "memberships_open",
      (tx) => tx.memberships.insert(row),
      (tx) => tx.memberships.insert({ ...row, id: uuid() }),
    );
    const store = await open();
    await store.transaction(async (tx) => {
      for (let time = 0; time < 2; time++) {
        await tx.memberships.update(
          { groupId: row.groupId, removedAt: null },
          { removedAt: at("2026-01-01T00:00:00Z") },
        );
        await tx.memberships.insert({ ...row, id: uuid() });
      }
      assertEqual(await tx.memberships.count({ groupId: row.groupId }), 3);
    });
  });

  test("a secret's hash is unique", async () => {
    const row = secret();
    await breaks(
      "one_time_secrets_hash",
      (tx) => tx.oneTimeSecrets.insert(row),
      (tx) => tx.oneTimeSecrets.insert({ ...row, id: uuid() }),
    );
  });

  test("MF-4 a passkey belongs to one account, and factors without one don't collide", async () => {
    const passkey = () => factor({ kind: "passkey", credentialId: "one-passkey" });
    await breaks(
      "factors_credential_id",
      (tx) => tx.factors.insert(passkey()),
      (tx) => tx.factors.insert(passkey()),
    );
    const store = await open();
    const accountId = uuid();
    await store.transaction((tx) => tx.factors.insertMany([factor({ accountId }), factor({ accountId })]));
    assertEqual(await store.transaction((tx) => tx.factors.count({ accountId })), 2);
  });

  test("MF-5 the recovery codes of an account have selectors of their own, those of another may have the same", async () => {
    const accountId = uuid();
    await breaks(
      "recovery_codes_selector",
      (tx) => tx.recoveryCodes.insert(recoveryCode({ accountId })),
      (tx) => tx.recoveryCodes.insert(recoveryCode({ accountId })),
    );
    const store = await open();
    await store.transaction((tx) => tx.recoveryCodes.insert(recoveryCode()));
  });

  test("an update that breaks a unique rule throws and changes nothing", async () => {
    const institutionId = uuid();
    const [first, second] = [group(institutionId, "a"), group(institutionId, "b")];
    await breaks(
      "groups_name",
      (tx) => tx.groups.insertMany([first, second]),
      (tx) => tx.groups.update({ id: second.id }, { nameKey: "a" }),
    );
    const store = await open();
    assertEqual(await store.transaction((tx) => tx.groups.get({ id: second.id })), second);
  });

  test("insertMany inserts all or none", async () => {
    const institutionId = uuid();
    const rows = ["a", "b", "a"].map((name) => group(institutionId, name));
    await breaks(
      "groups_name",
      async () => undefined,
      (tx) => tx.groups.insertMany(rows),
    );
    const store = await open();
    assertEqual(await store.transaction((tx) => tx.groups.count({ institutionId })), 0);
  });

  test("insertIfAbsent says whether it inserted, for the key and for unique rules, and the transaction goes on", async () => {
    const store = await open();
    const institutionId = uuid();
    const row = group(institutionId, "a");
    await store.transaction(async (tx) => {
      assertEqual(await tx.groups.insertIfAbsent(row), true);
      assertEqual(await tx.groups.insertIfAbsent({ ...row, nameKey: "other" }), false, "same key");
      assertEqual(await tx.groups.insertIfAbsent({ ...row, id: uuid() }), false, "same name");
      await tx.groups.insert(group(institutionId, "b"));
    });
    assertEqual(await store.transaction((tx) => tx.groups.count({ institutionId })), 2);
  });

  test("A-090 audit rows can be added but neither changed nor deleted", async () => {
    const store = await open();
    const institutionId = uuid();
    const row = audit(institutionId);
    await store.transaction((tx) => tx.audit.insert(row));
    await assertRejects(
      store.transaction((tx) => tx.audit.update({ id: row.id }, { action: "forged" })),
      "audit rows were changed",
    );
    await assertRejects(
      store.transaction((tx) => tx.audit.delete({ id: row.id })),
      "audit rows were deleted",
    );
    const [kept] = await store.transaction((tx) => tx.audit.list({ institutionId }));
    assertEqual(kept && { ...kept, seq: 0 }, { ...row, seq: 0 });
  });

  test("RG-7 consents can be added but neither changed nor deleted", async () => {
    const store = await open();
    const row = consent();
    const { id } = row;
    await store.transaction((tx) => tx.consents.insert(row));
    await assertRejects(
      store.transaction((tx) => tx.consents.update({ id }, { version: "2027-04-01" })),
      "a consent was changed",
    );
    await assertRejects(
      store.transaction((tx) => tx.consents.delete({ id })),
      "a consent was deleted",
    );
    assertEqual(await store.transaction((tx) => tx.consents.get({ id })), row);
  });

  test("A-102 the sequence rises with each insert, whatever the clock says", async () => {
    const store = await open();
    const institutionId = uuid();
    const times = ["2026-11-23T00:00:00Z", "2026-11-22T23:00:00Z", "2026-11-22T22:00:00Z"];
    for (const time of times)
      await store.transaction((tx) => tx.audit.insert(audit(institutionId, { at: at(time) })));
    await assertRejects(
      store.transaction(async (tx) => {
        await tx.audit.insert(audit(institutionId));
        throw new Error("rolled back");
      }),
    );
    await store.transaction((tx) => tx.audit.insert(audit(institutionId, { action: "last" })));
    const rows = await store.transaction((tx) => tx.audit.list({ institutionId }, { orderBy: ["seq"] }));
    assertEqual(
      rows.map((row) => row.at.toISOString()).slice(0, 3),
      times.map((time) => at(time).toISOString()),
    );
    assertEqual(rows.at(-1)?.action, "last");
    assert(
      rows.every((row, index) => Number.isInteger(row.seq) && row.seq > (rows[index - 1]?.seq ?? 0)),
      "seq does not rise",
    );
  });

  test("an account may lack an institution", async () => {
    const store = await open();
    const row = account({ kind: "patient", institutionId: null });
    await store.transaction((tx) => tx.accounts.insert(row));
    assertEqual(await store.transaction((tx) => tx.accounts.get({ id: row.id, institutionId: null })), row);
  });
}
