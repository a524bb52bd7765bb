import type { OperationId } from "@welby/contract";
import { institutions, seedId } from "@welby/backend/seed";
import type { Scenario } from "./scenario.ts";

const LISTS: readonly OperationId[] = [
  "listStaff",
  "listGroups",
  "listCategories",
  "searchPatients",
  "getPatientGroups",
  "previewStaffRoles",
];

/** Every answer takes three seconds. */
export const slow: Scenario = {
  description: { ja: "応答に3秒かかる", en: "Every answer takes three seconds" },
  faults: (faults) => void faults.always("any", { kind: "delay", ms: 3000 }),
};

/** Nothing is ever answered: a screen stays in its loading state. */
export const hanging: Scenario = {
  description: { ja: "応答が返らない", en: "No answer ever comes" },
  faults: (faults) => void faults.always("any", { kind: "delay", ms: Infinity }),
};

export const offline: Scenario = {
  description: { ja: "通信できない", en: "No connection" },
  faults: (faults) => void faults.always("any", { kind: "drop" }),
};

export const serverError: Scenario = {
  description: { ja: "サーバーエラー", en: "The service fails" },
  faults: (faults) => void faults.always("any", { kind: "problem", code: "internal_error" }),
};

export const maintenance: Scenario = {
  description: { ja: "メンテナンス中", en: "The service is under maintenance" },
  faults: (faults) => void faults.always("any", { kind: "problem", code: "maintenance", retryAfterSec: 600 }),
};

/** Signed in, but without the right to see anything. */
export const forbidden: Scenario = {
  description: { ja: "閲覧する権限がない", en: "No right to see the lists" },
  faults: (faults) => void faults.always(LISTS, { kind: "problem", code: "forbidden" }),
};

export const rateLimited: Scenario = {
  description: { ja: "アクセス集中 (30秒待ち)", en: "Too many requests, 30 seconds to wait" },
  faults: (faults) => void faults.always("any", { kind: "problem", code: "rate_limited", retryAfterSec: 30 }),
};

/** A page of the hospital's network stands in front of the service. */
export const captivePortal: Scenario = {
  description: {
    ja: "院内ネットワークの認証画面が返る",
    en: "A captive portal answers instead of the service",
  },
  faults: (faults) => void faults.always("any", { kind: "html" }),
};

/** 田中 美咲 changes what is just being edited: the next save meets a real `version_conflict`. */
export const versionConflict: Scenario = {
  description: {
    ja: "保存の直前に田中さんが同じ対象を変更する",
    en: "Another administrator changes the same thing just before the save",
  },
  faults(faults) {
    const institutionId = institutions.minato.id;
    const changedBy = seedId("account:tanaka@minato.example.jp");
    faults.next(["changeStaffRole", "changeStaffRoles"], {
      kind: "meanwhile",
      run: ({ store, clock }) =>
        store.transaction(async (tx) => {
          const changedAt = clock.now();
          for (const { id, version } of await tx.staff.list({ institutionId })) {
            await tx.staff.update({ id }, { version: version + 1, changedBy, changedAt });
          }
        }),
    });
    faults.next("putPatientGroups", {
      kind: "meanwhile",
      run: ({ store, clock }) =>
        store.transaction(async (tx) => {
          const changedAt = clock.now();
          for (const { id, version } of await tx.patientLinks.list({ institutionId })) {
            await tx.patientLinks.update({ id }, { version: version + 1, changedBy, changedAt });
          }
        }),
    });
  },
};
