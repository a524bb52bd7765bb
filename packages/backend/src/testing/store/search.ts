import type { PatientQuery, SortPosition, Store } from "../../ports/store.ts";
import { assert, assertEqual } from "../assert.ts";
import type { TestHarness } from "../harness.ts";
import { at, membership, person, uuid, type PersonFixture } from "./fixtures.ts";

const PEOPLE: readonly PersonFixture[] = [
  { name: "𠮷田 茂", kana: "ヨシダ シゲル", number: "00000200", birthDate: "1950-01-01" },
  { name: "佐藤 和子", kana: "サトウ カズコ", number: "00012345", birthDate: "1958-04-02" },
  { name: "佐藤 和子", kana: "サトウ ワコ", number: "00012399", birthDate: "1972-10-10" },
  { name: "左東 一子", kana: "サトウ カズコ", birthDate: "1958-04-02" },
  { name: "蒲郡 学", kana: "ガマゴオリ マナブ", number: "00000300", birthDate: "1926-12-25" },
  { name: "相沢 百%_\\太", kana: "アイザワ モモタ", number: "00000400" },
  { name: "NGUYEN VAN AN", number: "00000500", birthDate: "2000-02-29" },
  { name: "はなこ", kana: "ハナコ" },
];

type Case = Partial<Omit<PatientQuery, "institutionId">>;

/** Searching, sorting, jumping and paging. */
export function searchTests(open: () => Promise<Store>, { test }: TestHarness): void {
  const fill = async (people: readonly PersonFixture[] = PEOPLE) => {
    const store = await open();
    const institutionId = uuid();
    const rows = people.map((one) => person(institutionId, one));
    await store.transaction(async (tx) => {
      await tx.patients.insertMany(rows.map((row) => row.patient));
      await tx.patientLinks.insertMany(rows.map((row) => row.link));
    });
    const search = (query: Case) =>
      store.transaction((tx) =>
        tx.searchPatients({ institutionId, sort: "kana", descending: false, limit: 100, ...query }),
      );
    const names = async (query: Case) =>
      (await search(query)).hits.map((hit) => `${hit.patient.nameText}/${hit.patient.nameKana}`);
    return { store, institutionId, rows, search, names };
  };

  test("finds only linked patients of the institution", async () => {
    const { search } = await fill([
      { name: "連携", kana: "レンケイ" },
      { name: "申請", kana: "シンセイ", status: "requested" },
      { name: "取消", kana: "トリケシ", status: "revoked" },
      { name: "解除", kana: "カイジョ", status: "unlinked" },
    ]);
    const found = await search({});
    assertEqual(
      found.hits.map((hit) => hit.patient.nameText),
      ["連携"],
    );
    assertEqual(found.total, 1);
  });

  test("answers patient and link as they were stored", async () => {
    const { rows, search } = await fill(PEOPLE.slice(0, 1));
    const [hit] = (await search({})).hits;
    assertEqual(hit?.patient, rows[0]?.patient);
    assertEqual(hit?.link, rows[0]?.link);
    assertEqual(hit?.groupIds, []);
    assertEqual(hit?.position, { value: rows[0]?.link.kanaSort, id: rows[0]?.link.id });
  });

  test("J-8 text matches anywhere in name or reading", async () => {
    const { names } = await fill();
    assertEqual(await names({ text: "がまご" }), ["蒲郡 学/ガマゴオリ マナブ"]);
    assertEqual(await names({ text: "吉田茂" }), ["𠮷田 茂/ヨシダ シゲル"]);
    assertEqual((await names({ text: "さとう" })).length, 3);
    assertEqual(await names({ text: "nguyen" }), ["NGUYEN VAN AN/null"]);
    assertEqual(await names({ text: "存在しない" }), []);
  });

  for (const wildcard of ["%", "_", "\\", "%_\\", "百%"]) {
    test(`A-004 ${wildcard} is matched literally`, async () => {
      const { names } = await fill();
      assertEqual(await names({ text: wildcard }), ["相沢 百%_\\太/アイザワ モモタ"]);
      assertEqual(await names({ text: `${wildcard}x` }), []);
    });
  }

  test("A-001 quotes and brackets in the text find nothing and break nothing", async () => {
    const { names } = await fill();
    for (const text of ["' or '1'='1", "$1", "?", "(", "[", "*", '"', "';--"])
      assertEqual(await names({ text }), [], text);
  });

  test("J-16 a number matches as a whole, or by its beginning", async () => {
    const { names } = await fill();
    assertEqual(await names({ numberKey: "00012345" }), ["佐藤 和子/サトウ カズコ"]);
    assertEqual(await names({ numberKey: "0001234" }), []);
    assertEqual((await names({ numberPrefix: "000123" })).length, 2);
    assertEqual(await names({ numberPrefix: "12345" }), [], "the prefix is not looked for in the middle");
    assertEqual(await names({ numberPrefix: "%" }), []);
    assertEqual(
      (await names({ text: "がまご", numberKey: "00012345", numberPrefix: "000005" })).length,
      3,
      "any of the three is enough",
    );
  });

  test("J-11 sorts by reading in 五十音 order, missing readings last", async () => {
    const { names } = await fill();
    const order = (await names({})).map((name) => name.split("/")[1]);
    assertEqual(order, [
      "アイザワ モモタ",
      "ガマゴオリ マナブ",
      "サトウ カズコ",
      "サトウ カズコ",
      "サトウ ワコ",
      "ハナコ",
      "ヨシダ シゲル",
      "null",
    ]);
  });

  const expected: Record<PatientQuery["sort"], (row: ReturnType<typeof person>) => string | null> = {
    kana: (row) => row.link.kanaSort,
    patientNumber: (row) => row.link.patientNumberKey,
    birthDate: (row) => row.link.birthDate,
  };
  for (const sort of ["kana", "patientNumber", "birthDate"] as const) {
    for (const descending of [false, true]) {
      for (const limit of [1, 3, 8]) {
        test(`pages of ${limit} by ${sort} ${descending ? "descending" : "ascending"}: every row once, null last, ties by id`, async () => {
          const { rows, search } = await fill();
          const value = expected[sort];
          const order = [...rows].sort((a, b) => {
            const [x, y] = [value(a), value(b)];
            if (x === y) return a.link.id < b.link.id ? -1 : 1;
            if (x === null || y === null) return x === null ? 1 : -1;
            return x < y === descending ? 1 : -1;
          });
          const seen: string[] = [];
          let after: SortPosition | undefined;
          for (let page = 0; page <= rows.length; page++) {
            const { hits, total } = await search({ sort, descending, limit, ...(after && { after }) });
            assertEqual(total, rows.length, "total counts all pages");
            assert(hits.length <= limit, "more rows than the limit");
            seen.push(...hits.map((hit) => hit.link.id));
            after = hits.at(-1)?.position;
            if (!after) break;
          }
          assertEqual(
            seen,
            order.map((row) => row.link.id),
          );
        });
      }
    }
  }

  test("the kana index counts all that match, whatever the page", async () => {
    const { search } = await fill();
    const counts = async (query: Case) =>
      (await search(query)).kanaIndex
        .filter((entry) => entry.count > 0)
        .map((entry) => `${entry.row}${entry.count}`)
        .join(" ");
    assertEqual(await counts({ limit: 1 }), "あ1 か1 さ3 は1 や1 他1");
    assertEqual(await counts({ limit: 1, text: "さとう" }), "さ3");
    assertEqual(
      await counts({ limit: 1, sort: "birthDate", descending: true, startAt: "や" }),
      "あ1 か1 さ3 は1 や1 他1",
    );
  });

  test("startAt jumps to a kana row, or to the next one that has anybody, and paging goes on from there", async () => {
    const { search } = await fill();
    const first = async (startAt: NonNullable<PatientQuery["startAt"]>) =>
      (await search({ startAt, limit: 1 })).hits[0]?.patient.nameText;
    assertEqual(await first("か"), "蒲郡 学");
    assertEqual(await first("た"), "はなこ");
    assertEqual(await first("わ"), "NGUYEN VAN AN");
    assertEqual(await first("他"), "NGUYEN VAN AN");
    const page = await search({ startAt: "や", limit: 1 });
    assertEqual(page.total, PEOPLE.length, "total is not cut by the jump");
    const after = page.hits[0]?.position;
    assert(after, "no position");
    assertEqual(
      (await search({ after, limit: 5 })).hits.map((hit) => hit.patient.nameText),
      ["NGUYEN VAN AN"],
    );
  });

  test("a jump past the last row answers an empty page", async () => {
    const { search } = await fill([{ name: "相沢", kana: "アイザワ" }]);
    const found = await search({ startAt: "わ" });
    assertEqual(found.hits.length, 0);
    assertEqual(found.total, 1);
  });

  test("J-17 flags the same written name and the same reading, among linked patients of the institution only", async () => {
    const { store, search } = await fill([...PEOPLE, { name: "はなこ", kana: "ハナコ", status: "revoked" }]);
    const elsewhere = person(uuid(), { name: "蒲郡 学", kana: "ガマゴオリ マナブ" });
    await store.transaction(async (tx) => {
      await tx.patients.insert(elsewhere.patient);
      await tx.patientLinks.insert(elsewhere.link);
    });
    const flagged = (await search({})).hits
      .filter((hit) => hit.sameName)
      .map((hit) => `${hit.patient.nameText}/${hit.patient.nameKana}`);
    assertEqual(
      flagged.sort(),
      ["佐藤 和子/サトウ カズコ", "佐藤 和子/サトウ ワコ", "左東 一子/サトウ カズコ"].sort(),
    );
    const alone = (await search({ numberKey: "00012399" })).hits[0];
    assertEqual(alone?.sameName, true, "the flag does not depend on who else is on the page");
  });

  test("filters by groups: open memberships of any of them, an empty list matches nobody", async () => {
    const { store, institutionId, rows, names, search } = await fill();
    const [first, second] = [uuid(), uuid()];
    const id = (index: number) => rows[index]?.patient.id ?? "";
    await store.transaction((tx) =>
      tx.memberships.insertMany([
        membership(institutionId, first, id(4)),
        membership(institutionId, second, id(4)),
        membership(institutionId, second, id(7)),
        membership(institutionId, first, id(0), { removedAt: at("2026-01-01T00:00:00Z") }),
      ]),
    );
    assertEqual(await names({ groupIds: [first] }), ["蒲郡 学/ガマゴオリ マナブ"]);
    assertEqual((await names({ groupIds: [first, second] })).length, 2, "nobody twice");
    assertEqual(await names({ groupIds: [] }), []);
    assertEqual((await search({ groupIds: [] })).total, 0);
    assertEqual(await names({ groupIds: [uuid()] }), []);
    assertEqual(await names({ groupIds: [second], text: "はなこ" }), ["はなこ/ハナコ"], "together with text");
    const [hit] = (await search({ text: "がまご" })).hits;
    assertEqual([...(hit?.groupIds ?? [])].sort(), [first, second].sort());
  });

  test("follows changes at once: a new link, a changed status, a moved version, a rollback", async () => {
    const { store, rows, names, search } = await fill();
    const link = rows[4]?.link;
    assert(link, "no link");
    assertEqual((await search({ text: "がまご" })).hits[0]?.link.version, 1);
    await store.transaction((tx) => tx.patientLinks.update({ id: link.id }, { version: 9 }));
    assertEqual((await search({ text: "がまご" })).hits[0]?.link.version, 9);
    await store
      .transaction(async (tx) => {
        await tx.patientLinks.update({ id: link.id }, { status: "unlinked" });
        const query = {
          institutionId: link.institutionId,
          sort: "kana",
          descending: false,
          limit: 9,
          text: "がまご",
        } as const;
        assertEqual((await tx.searchPatients(query)).total, 0, "inside the transaction");
        throw new Error("rolled back");
      })
      .catch((error: unknown) => assertEqual(String(error), "Error: rolled back"));
    assertEqual((await names({ text: "がまご" })).length, 1);
    await store.transaction((tx) => tx.patientLinks.update({ id: link.id }, { status: "unlinked" }));
    assertEqual(await names({ text: "がまご" }), []);
  });
}
