import type { Records, TableName } from "../../ports/records.ts";
import type { Store, Tables, Transaction } from "../../ports/store.ts";
import { StoreUnavailable } from "../../ports/store.ts";
import { tables, type TableRules } from "../../ports/tables.ts";
import { Journal } from "./journal.ts";
import { purgeSealed, unsealed } from "./audit-log.ts";
import { PatientSearch } from "./patient-search.ts";
import { Rows } from "./rows.ts";
import { openTable, type Guard } from "./table.ts";
import type { Row } from "./where.ts";

// Changes of these columns alone make the order of a patient list out of date.
const WATCHED: Partial<Record<TableName, readonly string[]>> = {
  patientLinks: [
    "institutionId",
    "status",
    "patientNumberKey",
    "searchKey",
    "kanaSort",
    "kanaRow",
    "birthDate",
  ],
  patients: ["nameText", "nameKana", "family", "given", "familyKana", "givenKana", "birthDate", "sex"],
};

/**
 * A store in memory, for the mock and for tests: the same rules as the SQL store, transactions one after another.
 * Don't start a transaction inside another and wait for it: it would wait for itself.
 * @example const store = createMemoryStore();
 */
export function createMemoryStore(): Store {
  const names = Object.keys(tables) as TableName[];
  const rules = tables as unknown as Record<TableName, TableRules<Row>>;
  const all = Object.fromEntries(
    names.map((name) => [name, new Rows(snakeCase(name), rules[name], WATCHED[name])]),
  ) as Record<TableName, Rows>;
  const search = new PatientSearch({
    links: all.patientLinks,
    patients: all.patients,
    memberships: all.memberships,
  });
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    if (closed) throw new StoreUnavailable();
    const journal = new Journal();
    const state: { over: boolean; failure?: { error: unknown } } = { over: false };
    const guard: Guard = async (operation) => {
      if (state.over) throw new Error("The transaction is over");
      if (state.failure) throw new Error("The transaction has failed", { cause: state.failure.error });
      try {
        return operation();
      } catch (error) {
        state.failure = { error };
        throw error;
      }
    };
    const opened = Object.fromEntries(
      names.map((name) => [name, openTable(all[name], rules[name], journal, guard)]),
    ) as unknown as Tables;
    const transaction: Transaction = {
      ...opened,
      searchPatients: (query) => guard(() => search.search(query)),
      memberCounts: (institutionId) => guard(() => memberCounts(all.memberships, institutionId)),
      unsealedAudit: (after, limit) => guard(() => unsealed(all.audit, all.auditSeals, after, limit)),
      purgeSealedAudit: (chain) => guard(() => purgeSealed(all, chain, journal)),
      // Transactions run one after another, so a lock is always free.
      lock: () => guard(() => undefined),
      tryLock: () => guard(() => true),
    };
    try {
      const result = await work(transaction);
      if (state.failure) throw state.failure.error;
      journal.commit();
      return result;
    } catch (error) {
      journal.rollBack();
      throw error;
    } finally {
      state.over = true;
    }
  }

  return {
    transaction(work) {
      const result = last.then(() => run(work));
      last = result.catch(() => undefined);
      return result;
    },
    ping: async () => {
      if (closed) throw new StoreUnavailable();
    },
    now: async () => null,
    close: async () => {
      closed = true;
      await last;
    },
  };
}

function memberCounts(memberships: Rows, institutionId: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of memberships.all() as Iterable<Row & Records["memberships"]>) {
    if (row.institutionId !== institutionId || row.removedAt !== null) continue;
    counts.set(row.groupId, (counts.get(row.groupId) ?? 0) + 1);
  }
  return counts;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
