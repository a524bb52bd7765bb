import { compareValues } from "./order.ts";

export type Row = Record<string, unknown>;
type Test = { in?: readonly unknown[]; not?: unknown; before?: unknown; after?: unknown };

/** Whether a condition is a test (`{ in: … }`) rather than a value. */
export function asTest(condition: unknown): Test | undefined {
  return typeof condition === "object" && condition !== null && !(condition instanceof Date)
    ? condition
    : undefined;
}

/** Compiles a `Where` into a predicate. */
export function predicate(where: Row): (row: Row) => boolean {
  const checks = Object.entries(where).map(([column, condition]) => {
    // `delete({ id: undefined })` must never mean "delete everything".
    if (condition === undefined) throw new TypeError(`The condition on ${column} is undefined`);
    const test = asTest(condition);
    return (row: Row) => (test ? passes(row[column], test) : same(row[column], condition));
  });
  return (row) => checks.every((check) => check(row));
}

function passes(value: unknown, test: Test): boolean {
  if (test.in) return test.in.some((one) => same(value, one));
  if ("not" in test) return !same(value, test.not);
  if (value === null) return false;
  return (
    (!("before" in test) || compareValues(value, test.before) < 0) &&
    (!("after" in test) || compareValues(value, test.after) > 0)
  );
}

function same(a: unknown, b: unknown): boolean {
  return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
}
