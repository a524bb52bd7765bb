import { tables, type TableName, type Tables, type Transaction } from "@welby/backend/ports";
import { sql } from "kysely";
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
    transaction: {
      ...(Object.fromEntries(names.map((name) => [name, table(name)])) as unknown as Tables),
      searchPatients: (query) => guarded(() => searchPatients(database, query)),
      memberCounts: (institutionId) => guarded(() => memberCounts(database, institutionId)),
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
    },
    end: () => void (state.over = true),
    assertIntact: () => {
      if (state.failure) throw state.failure.error;
    },
  };
}

/** 64 bits of the name: two names that share a number only wait for each other. */
function lockNumber(name: string) {
  return sql`hashtextextended(${name}, 0)`;
}
