import type { GroupRecord } from "@welby/backend/ports";
import { demoPassword, generatePatients, institutions, seedId, staffId } from "@welby/backend/seed";
import type { Scenario } from "./scenario.ts";

const institutionId = institutions.minato.id;
const MAX_GROUPS = 200;

/** The demo as it is. */
export const demo: Scenario = {
  description: { ja: "デモデータのまま", en: "The demo data as they are" },
};

/** みなと has its staff and nothing else. */
export const emptyInstitution: Scenario = {
  description: {
    ja: "患者さんもグループもカテゴリーもない医療機関",
    en: "An institution without patients, groups or categories",
  },
  prepare: ({ store }) =>
    store.transaction(async (tx) => {
      await tx.memberships.delete({ institutionId });
      await tx.groups.delete({ institutionId });
      await tx.categories.delete({ institutionId });
      await tx.patientLinks.delete({ institutionId });
    }),
};

/** As many groups as there may be: the next one meets `limit_reached`. */
export const manyGroups: Scenario = {
  description: { ja: "グループが上限の200件ある", en: "200 groups, the most there may be" },
  prepare: ({ store }) =>
    store.transaction(async (tx) => {
      const there = await tx.groups.list({ institutionId, deletedAt: null });
      const last = Math.max(0, ...there.map((group) => group.sortOrder));
      const rows = Array.from({ length: Math.max(0, MAX_GROUPS - there.length) }, (_, index): GroupRecord => {
        const name = `外来グループ${String(index + 1).padStart(3, "0")}`;
        return {
          id: seedId(`many-groups:${index}`),
          institutionId,
          categoryId: there[index % Math.max(1, there.length)]?.categoryId ?? null,
          name,
          nameKey: name,
          sortOrder: last + index + 1,
          version: 1,
          changedBy: null,
          changedAt: null,
          deletedAt: null,
        };
      });
      await tx.groups.insertMany(rows);
    }),
};

/** 5,000 patients besides those of the demo. */
export const manyPatients: Scenario = {
  description: { ja: "患者さんが約5,000人", en: "About 5,000 patients" },
  prepare: async ({ store }) => {
    await generatePatients(store, { institution: institutions.minato, seed: 1, count: 5000 });
  },
};

/** 鈴木 健一 is the only administrator of みなと: every change of that role meets `last_admin`. */
export const soleAdmin: Scenario = {
  description: { ja: "管理者が1人だけ", en: "One administrator only" },
  prepare: ({ store }) =>
    store.transaction(async (tx) => {
      await tx.staff.update({ id: staffId("tanaka@minato.example.jp") }, { role: "staff" });
    }),
};

/** 斎藤 あゆみ, who was invited, signs in with the demo's password as the initial one and has to change it. */
export const initialPassword: Scenario = {
  description: {
    ja: "招待中の斎藤さん (saito@minato.example.jp) がデモのパスワードを初期パスワードとして持つ",
    en: "The invited member saito@minato.example.jp has the demo's password as the initial one",
  },
  prepare: async ({ store, hasher }) => {
    const passwordHash = await hasher.hash(demoPassword);
    await store.transaction((tx) =>
      tx.accounts.update({ id: seedId("account:saito@minato.example.jp") }, { passwordHash }),
    );
  },
};
