import type { Records } from "@welby/backend/ports";
import { CamelCasePlugin, Kysely, type Dialect } from "kysely";

/** The tables as Kysely sees them: the records of the port, `camelCase` here and `snake_case` in SQL. */
export type Database = Kysely<Records>;

/** The same for code that handles every table alike. */
export type AnyDatabase = Kysely<Record<string, Record<string, unknown>>>;

/** Opens Kysely over an engine. Names inside JSON values stay as they are. */
export function openDatabase(dialect: Dialect): Database {
  return new Kysely<Records>({ dialect, plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] });
}

/** `keyThumbprint` → `key_thumbprint`, as the plugin does it. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
