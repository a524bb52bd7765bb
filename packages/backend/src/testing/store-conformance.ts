import type { Store } from "../ports/store.ts";
import type { TestHarness } from "./harness.ts";
import { auditLogTests } from "./store/audit-log.ts";
import { noticeTests } from "./store/notices.ts";
import { raceTests } from "./store/races.ts";
import { rowTests } from "./store/rows.ts";
import { ruleTests } from "./store/rules.ts";
import { searchTests } from "./store/search.ts";
import { transactionTests } from "./store/transactions.ts";
import { valueTests } from "./store/values.ts";

export interface StoreConformanceOptions {
  /** Shown in the test names, e.g. `memory`. */
  readonly name: string;
  /** Opens a store whose tables exist; they may hold other rows. Called once for the suite and once for the test of closing. */
  open(): Promise<{ store: Store; close(): Promise<void> }>;
  /** Rounds of each race; 20 unless told. */
  readonly raceRounds?: number;
}

/**
 * What every store must keep, as tests for any runner.
 * @example storeConformance({ name: "memory", open: async () => { const store = createMemoryStore(); return { store, close: () => store.close() }; } }, { describe, test, after });
 */
export function storeConformance(options: StoreConformanceOptions, harness: TestHarness): void {
  let opened: Promise<{ store: Store; close(): Promise<void> }> | undefined;
  const open = async () => (await (opened ??= options.open())).store;
  harness.describe(`store conformance: ${options.name}`, () => {
    harness.describe("rows", () => rowTests(open, harness));
    harness.describe("rules", () => ruleTests(open, harness));
    harness.describe("transactions", () => transactionTests(open, () => options.open(), harness));
    harness.describe("values", () => valueTests(open, harness));
    harness.describe("patient search", () => searchTests(open, harness));
    harness.describe("audit log", () => auditLogTests(open, harness));
    harness.describe("notices and incidents", () => noticeTests(open, harness));
    harness.describe("races", () => raceTests(open, harness, options.raceRounds ?? 20));
    harness.after(async () => {
      await (await opened)?.close();
    });
  });
}
