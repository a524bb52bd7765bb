import { assertStorable } from "../../ports/storable.ts";
import type { Row } from "./where.ts";

/** A copy to keep: what JSON columns hold becomes JSON, as a database would keep it. */
export function copyIn(row: Row): Row {
  return mapValues(row, (value) => {
    assertStorable(value);
    return copyValue(value);
  });
}

/** A copy to hand out, so that nobody changes a row behind the store's back. */
export function copyOut(row: Row): Row {
  return mapValues(row, copyValue);
}

function mapValues(row: Row, change: (value: unknown) => unknown): Row {
  const copy: Row = {};
  for (const column in row) copy[column] = change(row[column]);
  return copy;
}

function copyValue(value: unknown): unknown {
  if (value instanceof Date) return new Date(value);
  return typeof value === "object" && value !== null ? JSON.parse(JSON.stringify(value)) : value;
}
