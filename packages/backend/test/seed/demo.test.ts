import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { compareKey, graphemeCount } from "@welby/text";
import * as z from "zod/mini";
import type { Store, TableName, Transaction } from "@welby/backend/ports";
import { tables } from "@welby/backend/ports";
import { demoPassword, demoSignIns, demoTotp, institutions, patientId, seedDemo } from "@welby/backend/seed";
import { createMemoryStore } from "@welby/backend/stores/memory";

const clock = { now: () => new Date("2026-11-23T00:00:00.000Z") };
let hashed: string[];
const hasher = {
  hash: async (password: string) => `$${hashed.push(password)}$`,
  verify: async () => false,
  needsRehash: () => false,
};
const random = { uuid: () => crypto.randomUUID(), bytes: (length: number) => new Uint8Array(length).fill(7) };
const minato = institutions.minato.id;

async function dump(store: Store): Promise<Record<string, unknown[]>> {
  const names = Object.keys(tables) as TableName[];
  return store.transaction(async (tx) =>
    Object.fromEntries(
      await Promise.all(
        names.map(async (name) => [name, await (tx[name] as Transaction["groups"]).list({})] as const),
      ),
    ),
  );
}

describe("the demo seed", () => {
  let store: Store;
  beforeEach(async () => {
    hashed = [];
    store = createMemoryStore();
    await seedDemo(store, { clock, hasher, random, portalOrigins: ["http://localhost:8080"] });
  });
  const read = <T>(work: (tx: Transaction) => Promise<T>) => store.transaction(work);

  test("is the same in every store, byte for byte", async () => {
    const other = createMemoryStore();
    await seedDemo(other, { clock, hasher, random, portalOrigins: ["http://localhost:8080"] });
    const [first, second] = [await dump(store), await dump(other)];
    for (const row of [...(first.accounts ?? []), ...(second.accounts ?? [])] as { passwordHash: string }[])
      row.passwordHash = "";
    assert.deepEqual(first, second);
  });

  test("hashes the common password once", () => {
    assert.deepEqual(
      hashed.filter((password) => password === demoPassword),
      [demoPassword],
    );
    assert.equal(hashed.length, 2);
  });

  test("gives every row a valid UUID of version 4", async () => {
    const all = await dump(store);
    for (const [name, rows] of Object.entries(all)) {
      if (name === "partnerClients") continue;
      for (const row of rows as { id: string }[])
        assert.ok(z.uuidv4().safeParse(row.id).success, `${name} ${row.id}`);
    }
  });

  test("a second run changes nothing and says so", async () => {
    const before = await dump(store);
    const again = await seedDemo(store, {
      clock: { now: () => new Date() },
      hasher,
      random,
      portalOrigins: ["http://localhost:8080"],
    });
    assert.equal(again.seeded, false);
    assert.deepEqual(await dump(store), before);
    assert.equal(hashed.length, 2, "a second run hashes nothing");
  });

  test("two runs at once seed once", async () => {
    const fresh = createMemoryStore();
    const options = { clock, hasher, random };
    const results = await Promise.all([seedDemo(fresh, options), seedDemo(fresh, options)]);
    assert.deepEqual(results.map((result) => result.seeded).sort(), [false, true]);
  });

  test("keeps what was changed since", async () => {
    await read((tx) => tx.institutions.update({ id: minato }, { name: "改名病院" }));
    await seedDemo(store, { clock, hasher, random });
    assert.equal((await read((tx) => tx.institutions.get({ id: minato })))?.name, "改名病院");
  });

  test("origins and urls follow the portal when its port has changed", async () => {
    await seedDemo(store, {
      clock,
      hasher,
      random,
      portalOrigins: ["http://localhost:8081", "http://localhost:5173"],
    });
    const clients = await read((tx) => tx.partnerClients.list({}, { orderBy: ["clientId"] }));
    assert.deepEqual(
      clients.map((client) => client.clientId),
      ["demo-portal", "demo-server", "kakuu-portal", "sakura-portal"],
    );
    for (const client of clients) {
      const server = client.clientId === "demo-server";
      assert.equal(client.tokenBinding, server ? "bearer" : "dpop");
      assert.deepEqual(
        client.allowedOrigins,
        server ? [] : ["http://localhost:8081", "http://localhost:5173"],
      );
      for (const url of Object.values(client.urls))
        assert.equal(new URL(url).origin, "http://localhost:8081");
    }
  });

  test("every listed sign-in has its account, in the realm of its client", async () => {
    assert.equal(demoSignIns.length, 6);
    for (const signIn of demoSignIns) {
      const client = await read((tx) => tx.partnerClients.get({ clientId: signIn.clientId }));
      const realm = signIn.audience === "staff" ? `staff:${client?.institutionId}` : "patient";
      const login = await read((tx) => tx.loginIds.get({ realm, key: signIn.loginId }));
      assert.ok(login?.verifiedAt, signIn.loginId);
      const account = await read((tx) => tx.accounts.get({ id: login.accountId }));
      assert.equal(account?.mustChangePassword, false);
      const factors = await read((tx) => tx.factors.count({ accountId: account.id }));
      assert.equal(factors === 1, signIn.totp === true);
    }
    assert.ok(demoTotp.uri.includes(demoTotp.secret));
  });

  test("みなと has staff in every status; only さくら坂 and みなと do without a second factor", async () => {
    const staff = await read((tx) => tx.staff.list({ institutionId: minato }));
    assert.deepEqual(
      new Set(staff.map((member) => member.status)),
      new Set(["active", "suspended", "invited", "removed"]),
    );
    const clinic = await read((tx) =>
      tx.staff.list({ institutionId: institutions.sakura.id, role: "admin" }),
    );
    assert.deepEqual(
      clinic.map((member) => member.nameText),
      ["山\uFA11 進"],
    );
    const all = await read((tx) => tx.institutions.list({}));
    assert.deepEqual(
      all.filter((one) => one.mfaRequired).map((one) => one.name),
      ["架空大学附属病院"],
    );
  });

  test("a removed member has no login id but a name in the log", async () => {
    const removed = await read((tx) => tx.staff.get({ institutionId: minato, status: "removed" }));
    assert.equal(removed?.nameText, "佐々木 一");
    assert.equal(await read((tx) => tx.loginIds.count({ accountId: removed.accountId })), 0);
    assert.equal(await read((tx) => tx.audit.count({ targetId: removed.id, action: "staff.removed" })), 1);
  });

  test("an invited member must change a password that nobody knows, within 72 hours", async () => {
    const invited = await read((tx) => tx.staff.get({ institutionId: minato, status: "invited" }));
    const account = await read((tx) => tx.accounts.get({ id: invited?.accountId ?? "" }));
    assert.equal(account?.mustChangePassword, true);
    assert.equal(account.initialPasswordExpiresAt?.toISOString(), "2026-11-26T00:00:00.000Z");
    const active = await read((tx) => tx.accounts.get({ mustChangePassword: false, kind: "staff" }));
    assert.notEqual(account.passwordHash, active?.passwordHash);
  });

  test("J-7 the trap names are stored unit by unit", async () => {
    const name = async (id: string) => (await read((tx) => tx.patients.get({ id: patientId(id) })))?.nameText;
    assert.equal(await name("yoshida"), "\u{20BB7}田 茂");
    assert.equal(await name("katsuragi"), "\u845B\u{E0100}城 誠");
    assert.equal(await name("fukuda"), "\uFA1B田 花子");
    assert.equal(await name("sakiyama"), "\uFA11山 大輔");
    assert.equal(await name("nguyen"), "NGUYEN VAN AN");
    assert.equal((await read((tx) => tx.patients.get({ id: patientId("nguyen") })))?.family, null);
  });

  test("J-14 a birth on each era boundary and on a leap day", async () => {
    const patients = await read((tx) => tx.patients.list({}));
    const dates = new Set(patients.map((patient) => patient.birthDate));
    for (const date of ["1926-12-24", "1926-12-25", "1989-01-07", "1989-01-08", "2019-05-01", "2000-02-29"])
      assert.ok(dates.has(date), date);
  });

  test("every link status occurs, at least 40 patients are linked, and nobody else is in a group", async () => {
    const links = await read((tx) => tx.patientLinks.list({ institutionId: minato }));
    assert.deepEqual(
      new Set(links.map((link) => link.status)),
      new Set(["linked", "requested", "revoked", "unlinked"]),
    );
    const linked = new Set(links.filter((link) => link.status === "linked").map((link) => link.patientId));
    assert.ok(linked.size >= 40, `${linked.size}`);
    const memberships = await read((tx) => tx.memberships.list({}));
    assert.ok(memberships.length > 40);
    for (const membership of memberships) assert.ok(linked.has(membership.patientId));
  });

  test("J-16 numbers are padded as each institution writes them", async () => {
    const key = async (id: string, institutionId: string) =>
      (await read((tx) => tx.patientLinks.get({ patientId: patientId(id), institutionId })))
        ?.patientNumberKey;
    assert.equal(await key("sato-kazuko", minato), "00012345");
    assert.equal(await key("sato-kazuko", institutions.sakura.id), "00123");
    assert.equal(await key("kakuu-1", institutions.kakuu.id), "A012345");
    assert.equal(await key("phone-only", minato), null);
  });

  test("the groups hold their traps: ＣＫＤ, a leading space, emoji, 50 graphemes, markup", async () => {
    const groups = await read((tx) => tx.groups.list({ institutionId: minato }, { orderBy: ["sortOrder"] }));
    const names = groups.map((group) => group.name);
    assert.equal(names[0], "高血圧");
    assert.ok(groups.some((group) => group.name === "ＣＫＤ" && group.nameKey === compareKey("CKD")));
    assert.ok(names.some((name) => name.startsWith(" ")));
    assert.ok(names.some((name) => /\p{Extended_Pictographic}/u.test(name)));
    assert.ok(names.some((name) => graphemeCount(name) === 50));
    assert.ok(names.some((name) => name.includes("<b>")));
    const categories = await read((tx) =>
      tx.categories.list({ institutionId: minato }, { orderBy: ["sortOrder"] }),
    );
    assert.deepEqual(
      categories.map((category) => category.name),
      ["疾患", "プログラム", "担当", "曜日外来"],
    );
    const loose = groups.filter((group) => group.categoryId === null).map((group) => group.name);
    assert.deepEqual(loose.slice(0, 2), ["要フォロー", "遠方"]);
  });
});
