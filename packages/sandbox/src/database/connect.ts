import { chmodSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Store } from "@welby/backend/ports";
import { repeat } from "../repeat.ts";
import { createSqlStore, openDatabase, type Database } from "../stores/sql/index.ts";
import { lockDirectory } from "./directory-lock.ts";
import { tidyTables } from "./housekeeping.ts";
import { migrate } from "./migrate.ts";
import { openPGlite } from "./pglite.ts";
import { openPostgres } from "./postgres.ts";

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
  if (place === "memory") return tidied(await ready(openDatabase(await openPGlite())), onProblem);
  if ("url" in place) {
    const dialect = openPostgres(place.url, { ...place, onIdleError: onProblem });
    return (await ready(openDatabase(dialect))).store;
  }

  const directory = resolve(place.directory);
  const files = join(directory, "pglite");
  mkdirSync(files, { recursive: true });
  const lock = await lockDirectory(directory);
  try {
    // Health data: for the owner's eyes only, also in a directory that somebody else has made.
    chmodSync(files, 0o700);
    const store = tidied(await ready(openDatabase(await openPGlite(files))), onProblem);
    return { ...store, close: () => store.close().finally(() => lock.release()) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Opened {
  readonly store: Store;
  readonly database: Database;
}

async function ready(database: Database): Promise<Opened> {
  try {
    await migrate(database);
    return { store: createSqlStore(database), database };
  } catch (error) {
    await database.destroy().catch(() => undefined);
    throw error;
  }
}

/** PGlite has nobody who looks after its tables; should it fail once, the next round does it. */
function tidied({ store, database }: Opened, onProblem: (error: unknown) => void): Store {
  const stop = repeat(() => tidyTables(database), TIDY_MS, onProblem);
  return { ...store, close: () => stop().finally(() => store.close()) };
}
