import type { ListOptions } from "../../ports/store.ts";
import type { TableRules } from "../../ports/tables.ts";
import { copyIn, copyOut } from "./copy.ts";
import type { Journal } from "./journal.ts";
import { compareColumn } from "./order.ts";
import type { Rows } from "./rows.ts";
import type { Row } from "./where.ts";

/** Runs one operation inside a transaction that is still open and has not failed. */
export type Guard = <T>(operation: () => T) => Promise<T>;

/** The `Table` of the port over the rows, for one transaction. */
export function openTable(rows: Rows, rules: TableRules<Row>, journal: Journal, guard: Guard) {
  const insert = (row: Row) => {
    const kept = copyIn(row);
    if (rules.sequence) kept[rules.sequence] = rows.nextInSequence();
    rows.insert(kept, journal);
  };
  const changeable = () => {
    if (rules.appendOnly) throw new Error("Rows of this table can be added but never changed or deleted");
  };
  return {
    get: (where: Row) => guard(() => sorted(rows.find(where), rows.key, {}).slice(0, 1).map(copyOut)[0]),
    list: (where: Row, options: ListOptions<Row> = {}) =>
      guard(() => page(sorted(rows.find(where), rows.key, options), options).map(copyOut)),
    count: (where: Row) => guard(() => rows.find(where).length),
    insert: (row: Row) => guard(() => insert(row)),
    insertMany: (many: readonly Row[]) => guard(() => many.forEach(insert)),
    insertIfAbsent: (row: Row) =>
      guard(() => {
        const kept = copyIn(row);
        if (rows.violation(kept)) return false;
        rows.insert(kept, journal);
        return true;
      }),
    update: (where: Row, changes: Row) =>
      guard(() => {
        changeable();
        const found = rows.find(where);
        for (const row of found) rows.replace(row, { ...row, ...copyIn(changes) }, journal);
        return found.length;
      }),
    delete: (where: Row) =>
      guard(() => {
        changeable();
        const found = rows.find(where);
        for (const row of found) rows.delete(row, journal);
        return found.length;
      }),
  };
}

function sorted(found: Row[], key: string, { orderBy = [], descending = false }: ListOptions<Row>): Row[] {
  if (found.length < 2) return found;
  return found.sort((a, b) => {
    for (const column of orderBy) {
      const order = compareColumn(a[column], b[column], descending);
      if (order !== 0) return order;
    }
    return compareColumn(a[key], b[key], false);
  });
}

function page(found: Row[], { offset = 0, limit }: ListOptions<Row>): Row[] {
  return found.slice(offset, limit === undefined ? undefined : offset + limit);
}
