import { chmodSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Store } from "@welby/backend/ports";
import { createSqlStore, openDatabase } from "../stores/sql/index.ts";
import { lockDirectory } from "./directory-lock.ts";
import { migrate } from "./migrate.ts";
import { openPGlite } from "./pglite.ts";
import { openPostgres } from "./postgres.ts";

/** Where the data is: on a PostgreSQL server, in a directory of this machine, or nowhere once the process ends. */
export type DatabasePlace =
  { readonly url: string; readonly maxConnections?: number } | { readonly directory: string } | "memory";

/**
 * Opens the database, takes its directory for this process alone and brings the schema up to date.
 * `close` of the store also gives the directory back.
 * @throws DataDirectoryInUse when another process works in the directory
 */
export async function connectStore(
  place: DatabasePlace,
  onIdleError?: (error: Error) => void,
): Promise<Store> {
  if (place === "memory") return ready(openDatabase(await openPGlite()));
  if ("url" in place)
    return ready(openDatabase(openPostgres(place.url, { ...place, ...(onIdleError && { onIdleError }) })));

  const directory = resolve(place.directory);
  const files = join(directory, "pglite");
  mkdirSync(files, { recursive: true });
  const lock = await lockDirectory(directory);
  try {
    // Health data: for the owner's eyes only, also in a directory that somebody else has made.
    chmodSync(files, 0o700);
    const store = await ready(openDatabase(await openPGlite(files)));
    return {
      ...store,
      close: () => store.close().finally(() => lock.release()),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function ready(database: ReturnType<typeof openDatabase>): Promise<Store> {
  try {
    await migrate(database);
    return createSqlStore(database);
  } catch (error) {
    await database.destroy().catch(() => undefined);
    throw error;
  }
}
