import {
  assertStorable,
  StoreUnavailable,
  type Store,
  type Transaction,
  type TransactionOptions,
} from "@welby/backend/ports";
import { sql } from "kysely";
import { TENANT_ROLE, TENANT_SETTING } from "../../database/tenancy.ts";
import type { Database } from "./database.ts";
import { isRepeatable, isUnavailable } from "./failures.ts";
import { openTransaction } from "./transaction.ts";

export interface SqlStoreOptions {
  /** How often a transaction may run in all after a deadlock, a lost serialisation or a lost connection. */
  readonly attempts?: number;
  /** No new attempt begins after this long. */
  readonly retryForMs?: number;
  /** A connection of its own for those who watch the service, so that they need not queue behind its callers; the same unless told. */
  readonly aside?: Database;
}

/**
 * The store of the port on PostgreSQL 15 or later and on PGlite.
 * PostgreSQL runs transactions side by side at READ COMMITTED; PGlite has one connection and runs them one after another.
 * @example const store = createSqlStore(database);
 */
export function createSqlStore(
  database: Database,
  { attempts = 6, retryForMs = 5_000, aside = database }: SqlStoreOptions = {},
): Store {
  let closed = false;

  async function transaction<T>(
    work: (transaction: Transaction) => Promise<T>,
    { watching = false, ...options }: TransactionOptions = {},
  ): Promise<T> {
    const started = performance.now();
    for (let attempt = 1; ; attempt++) {
      if (closed) throw new StoreUnavailable();
      const outcome = await runOnce(watching ? aside : database, work, options);
      if (outcome.done) return outcome.result;
      const { error, committing } = outcome;
      const unavailable = isUnavailable(error);
      if (!unavailable && !isRepeatable(error)) throw error;
      // A connection that broke during COMMIT leaves open whether the change was kept: repeating could make it twice.
      const mayRepeat = !(unavailable && committing) && !closed;
      if (!mayRepeat || attempt >= attempts || performance.now() - started > retryForMs) {
        throw new StoreUnavailable({ cause: error });
      }
      await pause(attempt);
    }
  }

  return {
    transaction,
    async ping() {
      if (closed) throw new StoreUnavailable();
      await sql`select 1`.execute(aside).catch((cause: unknown) => {
        throw new StoreUnavailable({ cause });
      });
    },
    async now() {
      if (closed) throw new StoreUnavailable();
      const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`
        .execute(aside)
        .catch((cause: unknown) => {
          throw new StoreUnavailable({ cause });
        });
      return rows[0]?.now ?? null;
    },
    async close() {
      closed = true;
      await Promise.all([database.destroy(), ...(aside === database ? [] : [aside.destroy()])]);
    },
  };
}

type Outcome<T> = { done: true; result: T } | { done: false; error: unknown; committing: boolean };

async function runOnce<T>(
  database: Database,
  work: (transaction: Transaction) => Promise<T>,
  { institutionId = null, atomic = true }: TransactionOptions,
): Promise<Outcome<T>> {
  let committing = false;
  let thrown: { error: unknown } | undefined;
  const run = async (open: Database) => {
    if (institutionId !== null) await becomeTenant(open, institutionId);
    const opened = openTransaction(open);
    try {
      const result = await work(opened.transaction);
      opened.assertIntact();
      return result;
    } catch (error) {
      thrown = { error };
      throw error;
    } finally {
      opened.end();
      committing = atomic && thrown === undefined;
    }
  };
  try {
    const result =
      atomic || institutionId !== null
        ? await database.transaction().setIsolationLevel("read committed").execute(run)
        : await database.connection().execute(run);
    return { done: true, result };
  } catch (error) {
    // What the work threw counts, not that a broken connection could not roll back afterwards.
    return { done: false, error: thrown ? thrown.error : error, committing };
  }
}

/** Until the end of the transaction the database itself knows whose it is. Without parameters, so that it can go along with the beginning. */
async function becomeTenant(open: Database, institutionId: string): Promise<void> {
  assertStorable(institutionId);
  const set = (name: string, value: string) => sql`set_config(${sql.lit(name)}, ${sql.lit(value)}, true)`;
  await sql`select ${set("role", TENANT_ROLE)}, ${set(TENANT_SETTING, institutionId)}`.execute(open);
}

/** Waits 10 ms and then ever longer, by a random share, so that rivals do not meet again. */
function pause(attempt: number): Promise<void> {
  const ms = Math.min(10 * 2 ** (attempt - 1), 500) * (0.5 + Math.random());
  return new Promise((resolve) => setTimeout(resolve, ms));
}
