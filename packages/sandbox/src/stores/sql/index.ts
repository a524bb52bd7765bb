export { openDatabase, type Database } from "./database.ts";
export { createSqlStore, type SqlStoreOptions } from "./sql-store.ts";
