import { tables, type TableName, type Transaction } from "@welby/backend/ports";
import { sql } from "kysely";
import { purgeSealedAudit, unsealedAudit } from "./audit-log.ts";
import type { AnyDatabase, Database } from "./database.ts";
import { translated } from "./failures.ts";
import { memberCounts } from "./member-counts.ts";
import { searchPatients } from "./search-patients.ts";
import { sqlTable } from "./table.ts";

const names = Object.keys(tables) as TableName[];

/** The port's transaction over one open SQL transaction, and what became of it. */
export interface OpenTransaction {
  readonly transaction: Transaction;
  /** From now on every use of it throws. */
  end(): void;
  /** Throws the first error that an operation met, also when the work swallowed it. */
  assertIntact(): void;
}

/** Gives the tables and queries of the port; after an error everything throws, as PostgreSQL's own transaction does. */
export function openTransaction(database: Database): OpenTransaction {
  const state: { over: boolean; failure?: { error: unknown } } = { over: false };

  async function guarded<T>(operation: () => Promise<T>): Promise<T> {
    if (state.over) throw new Error("The transaction is over");
    if (state.failure) throw new Error("The transaction has failed", { cause: state.failure.error });
    try {
      return await operation();
    } catch (error) {
      const failure = (state.failure ??= { error: translated(error) });
      throw failure.error;
    }
  }

  function table(name: TableName): unknown {
    const operations = sqlTable(database as unknown as AnyDatabase, name, tables[name]);
    return Object.fromEntries(
      Object.entries(operations).map(([operation, run]) => [
        operation,
        (...input: unknown[]) =>
          guarded(async () => (run as (...input: unknown[]) => Promise<unknown>)(...input)),
      ]),
    );
  }

  return {
    transaction: withTables(table, {
      searchPatients: (query) => guarded(() => searchPatients(database, query)),
      memberCounts: (institutionId) => guarded(() => memberCounts(database, institutionId)),
      unsealedAudit: (after, limit) => guarded(() => unsealedAudit(database, after, limit)),
      purgeSealedAudit: (chain) => guarded(() => purgeSealedAudit(database, chain)),
      lock: (name) =>
        guarded(async () => {
          await sql`select pg_advisory_xact_lock(${lockNumber(name)})`.execute(database);
        }),
      tryLock: (name) =>
        guarded(async () => {
          const { rows } = await sql<{
            got: boolean;
          }>`select pg_try_advisory_xact_lock(${lockNumber(name)}) as got`.execute(database);
          return rows[0]?.got === true;
        }),
    }),
    end: () => void (state.over = true),
    assertIntact: () => {
      if (state.failure) throw state.failure.error;
    },
  };
}

/** Adds the tables, each made when it is first asked for: a transaction uses few of many. */
function withTables(table: (name: TableName) => unknown, rest: Omit<Transaction, TableName>): Transaction {
  const made = new Map<TableName, unknown>();
  for (const name of names) {
    const get = () => {
      if (!made.has(name)) made.set(name, table(name));
      return made.get(name);
    };
    Object.defineProperty(rest, name, { get, enumerable: true });
  }
  return rest as Transaction;
}

/** 64 bits of the name: two names that share a number only wait for each other. */
function lockNumber(name: string) {
  return sql`hashtextextended(${name}, 0)`;
}
