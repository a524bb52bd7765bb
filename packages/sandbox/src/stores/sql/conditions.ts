import { assertStorable } from "@welby/backend/ports";
import { sql, type Expression, type SqlBool } from "kysely";

type Test = { in?: readonly unknown[]; not?: unknown; before?: unknown; after?: unknown };

/**
 * Translates a `Where` of the port. Values travel as parameters, never as SQL text.
 * @throws TypeError for a condition of `undefined`, so that a slip cannot match every row
 */
export function matching(where: object): Expression<SqlBool> {
  const all = Object.entries(where).map(([column, condition]) => oneOf(column, condition));
  return all.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(all, sql` and `)}`;
}

function oneOf(column: string, condition: unknown): Expression<SqlBool> {
  if (condition === undefined) throw new TypeError(`The condition on ${column} is undefined`);
  const test = asTest(condition);
  if (!test) return equals(column, condition);
  if (test.in) return isIn(column, test.in);
  if ("not" in test) return differs(column, test.not);
  const bounds: Expression<SqlBool>[] = [];
  if ("after" in test) bounds.push(sql<SqlBool>`${sql.ref(column)} > ${test.after}`);
  if ("before" in test) bounds.push(sql<SqlBool>`${sql.ref(column)} < ${test.before}`);
  return sql<SqlBool>`${sql.join(bounds, sql` and `)}`;
}

function equals(column: string, value: unknown): Expression<SqlBool> {
  if (value === null) return sql<SqlBool>`${sql.ref(column)} is null`;
  return canBeStored(value) ? sql<SqlBool>`${sql.ref(column)} = ${value}` : sql<SqlBool>`false`;
}

function differs(column: string, value: unknown): Expression<SqlBool> {
  if (value === null) return sql<SqlBool>`${sql.ref(column)} is not null`;
  // `<>` would lose the rows that hold null.
  return canBeStored(value) ? sql<SqlBool>`${sql.ref(column)} is distinct from ${value}` : sql<SqlBool>`true`;
}

function isIn(column: string, values: readonly unknown[]): Expression<SqlBool> {
  const kept = values.filter((value) => value !== null && canBeStored(value));
  const parts: Expression<SqlBool>[] = [];
  if (kept.length > 0) parts.push(isAnyOf(column, kept));
  if (values.includes(null)) parts.push(equals(column, null));
  return parts.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(parts, sql` or `)})`;
}

function isAnyOf(column: string, values: readonly unknown[]): Expression<SqlBool> {
  // One array parameter: a list of any length stays one statement.
  if (values.every((value) => typeof value === "string")) {
    return sql<SqlBool>`${sql.ref(column)} = any(${values}::text[])`;
  }
  return sql<SqlBool>`${sql.ref(column)} in (${sql.join(values)})`;
}

/** Text that no row can hold (NUL, half a surrogate pair) matches nothing; PostgreSQL would answer with an error instead. */
export function canBeStored(value: unknown): boolean {
  try {
    assertStorable(value);
    return true;
  } catch {
    return false;
  }
}

function asTest(condition: unknown): Test | undefined {
  return typeof condition === "object" && condition !== null && !(condition instanceof Date)
    ? condition
    : undefined;
}
