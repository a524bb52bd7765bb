import { UniqueViolation } from "../../ports/store.ts";
import type { TableRules } from "../../ports/tables.ts";
import { LookupIndex, UniqueIndex } from "./indexes.ts";
import type { Journal } from "./journal.ts";
import { asTest, predicate, type Row } from "./where.ts";

/** The rows of one table with their indexes. A kept row is never changed in place, only replaced. */
export class Rows {
  readonly key: string;
  readonly #name: string;
  readonly #rows = new Map<string, Row>();
  readonly #uniques: UniqueIndex[];
  readonly #lookups = new Map<string, LookupIndex>();
  #sequence = 0;
  /** Rises with each insert, removal and change of a watched column: tells when a derived order is out of date. */
  revision = 0;
  readonly #watched: readonly string[];

  constructor(name: string, rules: TableRules<Row>, watched: readonly string[] = []) {
    this.#name = name;
    this.key = rules.key;
    this.#uniques = (rules.uniques ?? []).map((rule) => new UniqueIndex(rule));
    this.#watched = watched;
  }

  nextInSequence(): number {
    // Not given back on a rollback, as in a database: gaps are allowed, repeats are not.
    return ++this.#sequence;
  }

  all(): Iterable<Row> {
    return this.#rows.values();
  }

  byKey(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  find(where: Row): Row[] {
    const matches = predicate(where);
    return [...this.#candidates(where)].filter(matches);
  }

  /** The rule that a new row would break. */
  violation(row: Row): string | undefined {
    if (this.#rows.has(row[this.key] as string)) return `${this.#name}_key`;
    return this.#uniques.find((unique) => unique.owner(row) !== undefined)?.rule.name;
  }

  insert(row: Row, journal: Journal): void {
    const broken = this.violation(row);
    if (broken) throw new UniqueViolation(broken);
    this.#add(row);
    journal.add(() => this.#remove(row));
  }

  replace(old: Row, row: Row, journal: Journal): void {
    if (old[this.key] !== row[this.key]) throw new TypeError(`The key of ${this.#name} cannot be changed`);
    this.#remove(old, row);
    const broken = this.violation(row);
    this.#add(broken ? old : row, old);
    if (broken) throw new UniqueViolation(broken);
    journal.add(() => {
      this.#remove(row, old);
      this.#add(old, row);
    });
  }

  delete(row: Row, journal: Journal): void {
    this.#remove(row);
    journal.add(() => this.#add(row));
  }

  #add(row: Row, before?: Row): void {
    const key = row[this.key] as string;
    this.#rows.set(key, row);
    for (const unique of this.#uniques) unique.add(row, key);
    for (const lookup of this.#lookups.values()) lookup.add(row, key);
    this.#touch(row, before);
  }

  #remove(row: Row, after?: Row): void {
    const key = row[this.key] as string;
    this.#rows.delete(key);
    for (const unique of this.#uniques) unique.remove(row);
    for (const lookup of this.#lookups.values()) lookup.remove(row, key);
    this.#touch(row, after);
  }

  #touch(a: Row, b: Row | undefined): void {
    if (!b || this.#watched.some((column) => a[column] !== b[column])) this.revision++;
  }

  /** The smallest set of rows that an index gives for the equality conditions. */
  #candidates(where: Row): Iterable<Row> {
    let best: { keys: readonly (ReadonlySet<string> | readonly string[])[]; size: number } | undefined;
    for (const [column, condition] of Object.entries(where)) {
      const values: unknown = typeof condition === "string" ? [condition] : asTest(condition)?.in;
      if (!Array.isArray(values) || !values.every((value) => typeof value === "string")) continue;
      const distinct = [...new Set<string>(values)];
      const keys = column === this.key ? [distinct] : this.#keysOf(column, distinct);
      const size =
        keys?.reduce((sum, some) => sum + ("size" in some ? some.size : some.length), 0) ?? Infinity;
      if (keys && size < (best?.size ?? Infinity)) best = { keys, size };
    }
    if (!best) return this.#rows.values();
    const found: Row[] = [];
    for (const some of best.keys) {
      for (const key of some) {
        const row = this.#rows.get(key);
        if (row) found.push(row);
      }
    }
    return found;
  }

  #keysOf(column: string, values: readonly string[]): ReadonlySet<string>[] | undefined {
    if (!column.endsWith("Id") && column !== "hash" && column !== "key") return undefined;
    const lookup = this.#lookup(column);
    return values.map((value) => lookup.get(value));
  }

  /** Built when it is first asked for, kept from then on. */
  #lookup(column: string): LookupIndex {
    let lookup = this.#lookups.get(column);
    if (!lookup) {
      lookup = new LookupIndex(column);
      for (const [key, row] of this.#rows) lookup.add(row, key);
      this.#lookups.set(column, lookup);
    }
    return lookup;
  }
}
