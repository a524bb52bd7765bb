import type { TableRules } from "../../ports/tables.ts";
import type { Row } from "./where.ts";

type Unique = NonNullable<TableRules<Row>["uniques"]>[number];

/** Finds the row that a unique rule forbids to repeat. */
export class UniqueIndex {
  readonly rule: Unique;
  readonly #owners = new Map<string, string>();

  constructor(rule: Unique) {
    this.rule = rule;
  }

  /** The key of the row that already has these values; undefined when the row is free of the rule. */
  owner(row: Row): string | undefined {
    const entry = this.#entry(row);
    return entry === undefined ? undefined : this.#owners.get(entry);
  }

  add(row: Row, key: string): void {
    const entry = this.#entry(row);
    if (entry !== undefined) this.#owners.set(entry, key);
  }

  remove(row: Row): void {
    const entry = this.#entry(row);
    if (entry !== undefined) this.#owners.delete(entry);
  }

  #entry(row: Row): string | undefined {
    const { columns, openOnly } = this.rule;
    if (openOnly !== undefined && row[openOnly] !== null) return undefined;
    const values = columns.map((column) => row[column]);
    return values.includes(null) ? undefined : JSON.stringify(values);
  }
}

/** Finds the rows with one value of a column without reading the whole table. */
export class LookupIndex {
  readonly column: string;
  readonly #keys = new Map<unknown, Set<string>>();

  constructor(column: string) {
    this.column = column;
  }

  get(value: unknown): ReadonlySet<string> {
    return this.#keys.get(value) ?? NOTHING;
  }

  add(row: Row, key: string): void {
    const value = row[this.column];
    const keys = this.#keys.get(value);
    if (keys) keys.add(key);
    else this.#keys.set(value, new Set([key]));
  }

  remove(row: Row, key: string): void {
    this.#keys.get(row[this.column])?.delete(key);
  }
}

const NOTHING: ReadonlySet<string> = new Set();
