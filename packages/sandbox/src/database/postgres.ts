import { PostgresDialect, type Dialect } from "kysely";
import pg from "pg";
import { frugal } from "./connections.ts";

export interface PostgresOptions {
  /** Connections of this process; the server's `max_connections` is shared by all. */
  readonly maxConnections?: number;
  /** Under whose rights the connections work, once they are open; those of the login unless told. */
  readonly role?: string;
  /** Told when a connection breaks while nobody uses it; the pool replaces it. */
  readonly onIdleError?: (error: Error) => void;
}

/** Whatever the server's own are. */
const SETTINGS = [
  // The driver reads no other dates.
  "set datestyle to 'ISO'",
  // A quoted text is what stands in it.
  "set standard_conforming_strings to on",
  // To compile one of these short statements takes longer than to run it.
  "set jit to off",
];

/** A pool on a PostgreSQL server. The address is handed to the driver as it is: no shell, no templates. */
export function openPostgres(
  url: string,
  { maxConnections = 10, role, onIdleError }: PostgresOptions = {},
): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: "welby-sandbox",
    // Nothing may hang longer than a request lives.
    connectionTimeoutMillis: 5_000,
    lock_timeout: 10_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    types: { getTypeParser },
    // The pool's own hook, because one that breaks here has to give its place back: Kysely's `onCreateConnection` would keep it.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the pool waits for it; its types don't say so
    onConnect: async (client) => {
      const become = role === undefined ? [] : [`set role ${pg.escapeIdentifier(role)}`];
      await client.query([...SETTINGS, ...become].join("; "));
    },
  });
  // Without a listener the process would end when the server restarts; the pool listens to idle connections only.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("error", (error) => onIdleError?.(error));
  return new PostgresDialect({ pool: frugal(pool) });
}

const INT8 = 20;
type Parser = (text: string) => unknown;

/** Counts and sequences are far below 2^53, so they are numbers here and not text. */
function getTypeParser(oid: number, format?: "text" | "binary"): Parser {
  return oid === INT8 ? Number : (pg.types.getTypeParser(oid, format) as Parser);
}
