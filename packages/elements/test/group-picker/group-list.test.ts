import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { GroupCategory, PatientGroup } from "@welby/contract/schemas";
import {
  createOffer,
  filterSections,
  groupsOf,
  sameNamed,
  sectionGroups,
} from "../../src/elements/group-picker/group-list.ts";

const category = (id: string, name: string, sortOrder: number) =>
  ({ id, name, sortOrder, version: 1 }) as GroupCategory;
const group = (name: string, categoryId: string | null = null, sortOrder = 0) =>
  ({ id: `id-${name}`, name, categoryId, sortOrder, memberCount: 0, version: 1 }) as PatientGroup;

const categories = [
  category("c2", "プログラム", 2),
  category("c1", "疾患", 1),
  category("c3", "空のカテゴリー", 3),
];
const groups = [
  group("リブレ使用", "c2", 2),
  group("糖尿病教育入院", "c2", 1),
  group("2型糖尿病", "c1", 2),
  group("髙血圧", "c1", 1),
  group("要フォロー"),
  group("消えたカテゴリー", "c9", 1),
];
const names = (sections: ReturnType<typeof sectionGroups>) =>
  sections.map((section) => [section.category?.name ?? null, section.groups.map(({ group }) => group.name)]);

const hex = (text: string) => [...text].map((c) => c.codePointAt(0)?.toString(16)).join(" ");

describe("sections of groups", () => {
  const sections = sectionGroups(groups, categories);

  it("follow the institution's order, without empty headings, and end with groups of no known category", () => {
    assert.deepEqual(names(sections), [
      ["疾患", ["髙血圧", "2型糖尿病"]],
      ["プログラム", ["糖尿病教育入院", "リブレ使用"]],
      [null, ["要フォロー", "消えたカテゴリー"]],
    ]);
    assert.equal(groupsOf(sections).length, groups.length);
  });

  const cases: [string, string[]][] = [
    ["高血圧", ["髙血圧"]],
    ["りぶれ", ["リブレ使用"]],
    ["りぶr", ["リブレ使用"]],
    ["ﾘﾌﾞﾚ", ["リブレ使用"]],
    ["２型", ["2型糖尿病"]],
    ["プログラム", ["糖尿病教育入院", "リブレ使用"]],
    ["  ", groupsOf(sections).map(({ name }) => name)],
    ["存在しない", []],
  ];
  for (const [query, expected] of cases) {
    it(`find ${expected.length} for 「${query}」 (J-8)`, () => {
      assert.deepEqual(
        groupsOf(filterSections(sections, query)).map(({ name }) => name),
        expected,
      );
    });
  }

  it("leave the sections they were given alone", () => {
    filterSections(sections, "高血圧");
    assert.equal(groupsOf(sections).length, groups.length);
  });
});

describe("the offer to create a group", () => {
  const existing = [
    group("ＣＫＤ"),
    group("外来 Ａ"),
    group("リブレ使用"),
    group("髙血圧"),
    group(" 前に空白"),
  ];

  for (const name of [
    "CKD",
    "ckd",
    "ＣＫＤ",
    "外来　a",
    "外来A",
    "りぶれ使用",
    "ﾘﾌﾞﾚ使用",
    "高血圧",
    "前に空白",
    "",
    "   ",
  ]) {
    it(`is not made for 「${name}」, which exists or is nothing`, () => {
      assert.equal(createOffer(name, existing), undefined);
    });
  }

  it("is made for a new name as typed, without the spaces around it", () => {
    assert.deepEqual(createOffer("　リブレ ", existing), { name: "リブレ" });
  });

  it("keeps a kanji name byte for byte (J-7)", () => {
    assert.deepEqual(createOffer("\uFA1B\uFA11会", existing), { name: "\uFA1B\uFA11会" });
  });

  it("counts graphemes: 50 are offered, 51 are too long (J-9)", () => {
    assert.deepEqual(createOffer("葛\u{E0100}".repeat(50), existing), { name: "葛\u{E0100}".repeat(50) });
    assert.deepEqual(createOffer("葛\u{E0100}".repeat(51), existing), { problem: "too_long" });
  });

  for (const name of ["a\u202Eb", "a\u0000b", "\u200B\u200B", "a\uD800"]) {
    it(`refuses ${hex(name)} with the reason (A-023)`, () => {
      assert.deepEqual(createOffer(name, existing), { problem: "forbidden_character" });
    });
  }

  it("takes SQL and markup for what they are: names (A-002, A-017)", () => {
    for (const name of ["'); DROP TABLE groups;--", "<img src=x onerror=alert(1)>"])
      assert.deepEqual(createOffer(name, existing), { name });
  });

  it("finds the group a refusal speaks of", () => {
    assert.equal(sameNamed(existing, "ckd")?.name, "ＣＫＤ");
    assert.equal(sameNamed(existing, "リブレ"), undefined);
  });
});
