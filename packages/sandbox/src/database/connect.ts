import { chmodSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Store } from "@welby/backend/ports";
import type { Dialect } from "kysely";
import { repeat } from "../repeat.ts";
import { createSqlStore, openDatabase, type Database } from "../stores/sql/index.ts";
import { lockDirectory } from "./directory-lock.ts";
import { tidyTables } from "./housekeeping.ts";
import { migrate } from "./migrate.ts";
import { openPGlite } from "./pglite.ts";
import { openPostgres } from "./postgres.ts";
import { stepDown } from "./roles.ts";
import { SERVICE_ROLE } from "./tenancy.ts";

const TIDY_MS = 5_000;

/** Where the data is: on a PostgreSQL server, in a directory of this machine, or nowhere once the process ends. */
export type DatabasePlace =
  { readonly url: string; readonly maxConnections?: number } | { readonly directory: string } | "memory";

/**
 * Opens the database, takes its directory for this process alone and brings the schema up to date.
 * `close` of the store also gives the directory back.
 * @param onProblem told what went wrong in the background: a connection lost while nobody used it, tables not tidied
 * @throws DataDirectoryInUse when another process works in the directory
 */
export async function connectStore(
  place: DatabasePlace,
  onProblem: (error: unknown) => void = () => undefined,
): Promise<Store> {
  if (place === "memory") return embedded(await openPGlite(), onProblem);
  if ("url" in place) return server(place, onProblem);

  const directory = resolve(place.directory);
  const files = join(directory, "pglite");
  mkdirSync(files, { recursive: true });
  const lock = await lockDirectory(directory);
  try {
    // Health data: for the owner's eyes only, also in a directory that somebody else has made.
    chmodSync(files, 0o700);
    const store = await embedded(await openPGlite(files), onProblem);
    return { ...store, close: () => store.close().finally(() => lock.release()) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The owner of the schema is needed for a moment only; everything after it runs with fewer rights. */
async function server(
  place: { readonly url: string; readonly maxConnections?: number },
  onProblem: (error: unknown) => void,
): Promise<Store> {
  const owner = openDatabase(openPostgres(place.url, { maxConnections: 1 }));
  try {
    await migrate(owner);
  } finally {
    await owner.destroy();
  }
  const open = (maxConnections?: number) =>
    openDatabase(
      openPostgres(place.url, {
        ...(maxConnections !== undefined && { maxConnections }),
        role: SERVICE_ROLE,
        onIdleError: onProblem,
      }),
    );
  return createSqlStore(open(place.maxConnections), { aside: open(1) });
}

async function embedded(dialect: Dialect, onProblem: (error: unknown) => void): Promise<Store> {
  const database = openDatabase(dialect);
  try {
    await migrate(database);
    await stepDown(database);
  } catch (error) {
    await database.destroy().catch(() => undefined);
    throw error;
  }
  return tidied(createSqlStore(database), database, onProblem);
}

/** PGlite has nobody who looks after its tables; should it fail once, the next round does it. */
function tidied(store: Store, database: Database, onProblem: (error: unknown) => void): Store {
  const stop = repeat(() => tidyTables(database), TIDY_MS, onProblem);
  return { ...store, close: () => stop().finally(() => store.close()) };
}
