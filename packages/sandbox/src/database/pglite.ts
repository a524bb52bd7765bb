import { PGlite, types } from "@electric-sql/pglite";
import { PGliteDialect, type Dialect } from "kysely";

/**
 * PostgreSQL inside this process: in a directory, or in memory when none is named.
 * It survives a killed process but runs without fsync, so it does not promise to survive a power cut.
 */
export async function openPGlite(directory?: string): Promise<Dialect> {
  const pglite = await PGlite.create({
    ...(directory === undefined ? {} : { dataDir: directory }),
    // As from the `pg` driver: counts and sequences are numbers.
    parsers: { [types.INT8]: Number },
  });
  return new PGliteDialect({ pglite });
}
