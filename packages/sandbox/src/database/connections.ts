import type { PostgresPool, PostgresPoolClient } from "kysely";
import type pg from "pg";

/** More texts than the service uses often; a connection keeps the plans of all of them in the server's memory. */
const MAX_STATEMENTS = 300;

/**
 * The connections of a pool, with less work in each call:
 * - a text with parameters is read and planned once a connection and not each time, which is most of what a short one costs
 * - a transaction begins together with its first statement, where that has no parameters
 */
export function frugal(pool: pg.Pool): PostgresPool {
  const names = statementNames();
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      let one = clients.get(client);
      if (!one) clients.set(client, (one = frugalClient(client, names)));
      return one;
    },
    end: () => pool.end(),
  };
}

type StatementNames = ReturnType<typeof statementNames>;

function statementNames() {
  const names = new Map<string, string>();
  let made = 0;
  return {
    of(text: string): string | undefined {
      let name = names.get(text);
      if (name === undefined && names.size < MAX_STATEMENTS) names.set(text, (name = `welby_${++made}`));
      return name;
    },
    /** From now on every text has another name, so that every connection reads it anew. */
    forget: () => names.clear(),
  };
}

function frugalClient(client: pg.PoolClient, names: StatementNames): PostgresPoolClient {
  let beginning: string | undefined;

  async function query(text: string, values: readonly unknown[] = []): Promise<Result> {
    if (text.startsWith("start transaction")) {
      beginning = text;
      return NOTHING;
    }
    const begin = beginning;
    beginning = undefined;
    if (begin === undefined) return values.length === 0 ? client.query(text) : prepared(text, values);
    // Nothing was done in it.
    if (text === "commit" || text === "rollback") return NOTHING;
    if (values.length > 0) {
      await client.query(begin);
      return prepared(text, values);
    }
    // An error in one of them keeps the server from going on with the next.
    const results = (await client.query(`${begin}; ${text}`)) as unknown as Result[];
    return results.at(-1) ?? NOTHING;
  }

  async function prepared(text: string, values: readonly unknown[]): Promise<Result> {
    const name = names.of(text);
    try {
      return await client.query({ text, values: [...values], ...(name !== undefined && { name }) });
    } catch (error) {
      if (isOutdatedPlan(error)) names.forget();
      throw error;
    }
  }

  return {
    // Cursors, the other way to call it, are not used here.
    query: query as unknown as PostgresPoolClient["query"],
    release(destroy) {
      beginning = undefined;
      // The pool's own function of the moment: it is another one each time.
      client.release(destroy);
    },
  };
}

type Result = Pick<pg.QueryResult, "command" | "rowCount" | "rows">;

const NOTHING: Result = { command: "COMMIT", rowCount: 0, rows: [] };

/** A prepared statement whose columns are not what they were, since another instance has changed the schema. Prepared anew it works. */
export function isOutdatedPlan(error: unknown): boolean {
  // Its SQLSTATE says no more than "not supported", and its message is in the server's language.
  const { code, routine } = Object(error) as { code?: unknown; routine?: unknown };
  return code === "0A000" && routine === "RevalidateCachedQuery";
}
