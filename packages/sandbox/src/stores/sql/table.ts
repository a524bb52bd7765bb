import { assertStorable, type ListOptions, type TableRules } from "@welby/backend/ports";
import { sql, type RawBuilder } from "kysely";
import { matching } from "./conditions.ts";
import { snakeCase, type AnyDatabase } from "./database.ts";

export type Row = Record<string, unknown>;

/** Rows that travel in one statement. */
const CHUNK = 1_000;

/** The `Table` of the port over one SQL table: the same few statements for all of them. */
export function sqlTable(database: AnyDatabase, name: string, rules: TableRules<Row>) {
  const list = (where: object, options: ListOptions<Row> = {}): Promise<Row[]> => {
    const { orderBy = [], descending = false, limit, offset = 0 } = options;
    let query = database.selectFrom(name).selectAll().where(matching(where));
    for (const column of orderBy) {
      query = query.orderBy(column, (order) => (descending ? order.desc() : order.asc()).nullsLast());
    }
    if (!orderBy.includes(rules.key)) query = query.orderBy(rules.key);
    if (limit !== undefined) query = query.limit(limit);
    if (offset > 0) query = query.offset(offset);
    return query.execute();
  };
  return {
    list,
    get: async (where: object) => (await list(where, { limit: 1 }))[0],
    async count(where: object): Promise<number> {
      const { count } = await database
        .selectFrom(name)
        .select(sql<number>`count(*)`.as("count"))
        .where(matching(where))
        .executeTakeFirstOrThrow();
      return count;
    },
    async insert(row: Row): Promise<void> {
      await insertion(name, [row]).execute(database);
    },
    async insertMany(rows: readonly Row[]): Promise<void> {
      for (let start = 0; start < rows.length; start += CHUNK) {
        await insertion(name, rows.slice(start, start + CHUNK)).execute(database);
      }
    },
    async insertIfAbsent(row: Row): Promise<boolean> {
      const { numAffectedRows } = await sql`${insertion(name, [row])} on conflict do nothing`.execute(
        database,
      );
      return numAffectedRows === 1n;
    },
    async update(where: object, changes: Row): Promise<number> {
      const set = Object.fromEntries(
        Object.entries(changes).map(([column, value]) => [column, encoded(rules, column, value)]),
      );
      const { numUpdatedRows } = await database
        .updateTable(name)
        .set(set)
        .where(matching(where))
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },
    async delete(where: object): Promise<number> {
      const { numDeletedRows } = await database
        .deleteFrom(name)
        .where(matching(where))
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

/** One parameter for any number of rows: PostgreSQL takes them apart and gives each column its type. */
function insertion(name: string, rows: readonly Row[]): RawBuilder<unknown> {
  const table = sql.table(name);
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((column) => sql.ref(column)));
  const json = JSON.stringify(rows.map(storedNames));
  return sql`insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, ${json}::json)`;
}

function storedNames(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      assertStorable(value);
      return [snakeCase(column), value];
    }),
  );
}

function encoded(rules: TableRules<Row>, column: string, value: unknown): unknown {
  assertStorable(value);
  const isJson = rules.json?.includes(column);
  return isJson && value !== null ? sql`${JSON.stringify(value)}::json` : value;
}
