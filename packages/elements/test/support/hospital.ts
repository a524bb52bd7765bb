import type { GroupCategory, PatientGroup, PatientRow, StaffMember } from "@welby/contract/schemas";

// A few rows of the demo hospital, by hand: what elements show must not depend on how the seed is written.

export const groupId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const categoryId = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, "0")}`;

export const categories = [
  { id: categoryId(1), name: "疾患", sortOrder: 1, version: 1 },
  { id: categoryId(2), name: "プログラム", sortOrder: 2, version: 1 },
] as unknown as GroupCategory[];

export function group(n: number, name: string, category: number | null = 1, memberCount = n): PatientGroup {
  return {
    id: groupId(n),
    name,
    categoryId: category === null ? null : categoryId(category),
    memberCount,
    sortOrder: n,
    version: 1,
  } as unknown as PatientGroup;
}

export const groups = [
  group(1, "高血圧"),
  group(2, "2型糖尿病"),
  group(3, "ＣＫＤ"),
  group(4, "糖尿病教育入院", 2),
  group(5, "リブレ使用", 2),
  group(6, "要フォロー", null),
];

export function patient(
  n: number,
  kana: string,
  birthDate: string,
  groupIds: readonly string[] = [],
): PatientRow {
  const [familyKana, givenKana] = kana.split(" ");
  return {
    id: `00000000-0000-4000-a000-${String(n).padStart(12, "0")}`,
    name: { text: "佐藤 和子", kana, family: "佐藤", given: "和子", familyKana, givenKana },
    birthDate,
    sex: "female",
    patientNumber: `0001234${n}`,
    linkStatus: "linked",
    groupIds,
    sameName: true,
  } as unknown as PatientRow;
}

/** 同姓同名: only reading, birth date and number tell them apart. */
export const kazuko = patient(1, "サトウ カズコ", "1958-04-02", [groupId(1)]);
export const wako = patient(2, "サトウ ワコ", "1989-01-07");

export function staff(
  n: number,
  name: string,
  kana: string,
  role: "admin" | "staff",
  more: Partial<Record<keyof StaffMember, unknown>> = {},
): StaffMember {
  const [family, given] = name.split(" ");
  const [familyKana, givenKana] = kana.split(" ");
  return {
    id: `00000000-0000-4000-b000-${String(n).padStart(12, "0")}`,
    name: { text: name, kana, family, given, familyKana, givenKana },
    email: `member${n}@minato.example.jp`,
    role,
    occupation: null,
    status: "active",
    lastSignInAt: null,
    version: 1,
    actions: [{ action: "change_role", allowed: true }],
    ...more,
  } as unknown as StaffMember;
}

export const suzuki = staff(1, "鈴木 健一", "スズキ ケンイチ", "admin");
export const tanaka = staff(2, "田中 美咲", "タナカ ミサキ", "admin");
export const takahashi = staff(3, "髙橋 由美", "タカハシ ユミ", "staff");
export const saito = staff(4, "斎藤 あゆみ", "サイトウ アユミ", "staff", { status: "invited" });
