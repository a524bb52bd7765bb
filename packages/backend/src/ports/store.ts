import type { AuditRecord, PatientLinkRecord, PatientRecord, Records, TableName } from "./records.ts";

/**
 * A condition on one column: a value (null matches null), or one of these tests. `not` matches null unless null is what is excluded;
 * `before` and `after`, alone or together, exclude their bounds and never match null. A condition of `undefined` is refused, so that a slip cannot match every row.
 */
export type Condition<V> =
  | V
  | { readonly in: readonly V[] }
  | { readonly not: V }
  | { readonly before: V }
  | { readonly after: V }
  | { readonly after: V; readonly before: V };

/** All conditions must hold. */
export type Where<Row> = { readonly [K in keyof Row]?: Condition<Row[K]> };

/** Text is ordered by code points (`COLLATE "C"`), null last in both directions, ties by the table's key rising. */
export interface ListOptions<Row> {
  readonly orderBy?: readonly (keyof Row & string)[];
  readonly descending?: boolean;
  readonly limit?: number;
  readonly offset?: number;
}

/**
 * One table. Rows that come out are copies; rows that go in are complete. JSON columns come back equal, key order included.
 * @throws UniqueViolation when an insert or update breaks a unique rule of `tables.ts`; the transaction can then only fail:
 * whatever it does next throws, and it never commits, also when `work` swallows the error
 * @throws UnstorableValue for text, dates or JSON that cannot be kept exactly (`assertStorable`)
 */
export interface Table<Row> {
  get(where: Where<Row>): Promise<Row | undefined>;
  list(where: Where<Row>, options?: ListOptions<Row>): Promise<Row[]>;
  count(where: Where<Row>): Promise<number>;
  insert(row: Row): Promise<void>;
  insertMany(rows: readonly Row[]): Promise<void>;
  /** Inserts unless the key or a unique rule is taken; says whether it did. Never aborts the transaction. */
  insertIfAbsent(row: Row): Promise<boolean>;
  /** Changes all rows that match and says how many: `=== 1` on a guarded update means "I was the one". */
  update(where: Where<Row>, changes: Partial<Row>): Promise<number>;
  delete(where: Where<Row>): Promise<number>;
}

/** A table whose `seq` the store fills in. */
export interface SequencedTable<Row extends { seq: number }> extends Omit<
  Table<Row>,
  "insert" | "insertMany" | "insertIfAbsent"
> {
  insert(row: Omit<Row, "seq">): Promise<void>;
}

export type Tables = {
  readonly [T in TableName]: Records[T] extends { seq: number }
    ? SequencedTable<Records[T]>
    : Table<Records[T]>;
};

export interface PatientQuery {
  readonly institutionId: string;
  /**
   * `searchKey` of what was typed; matched literally anywhere in the row's search key.
   * A row is found when any of `text`, `numberKey` and `numberPrefix` that is given matches; without any, every row is.
   */
  readonly text?: string;
  /** Normalised 診察券番号 (padded where the institution pads); matches `patientNumberKey` as a whole. */
  readonly numberKey?: string;
  /** Matches the beginning of `patientNumberKey`. */
  readonly numberPrefix?: string;
  /** A patient in any of these groups; an empty list matches nobody. */
  readonly groupIds?: readonly string[];
  /** By `kanaSort`, `patientNumberKey` or `birthDate` of the link, in code point order; ties by link id, rising in both directions. */
  readonly sort: "kana" | "patientNumber" | "birthDate";
  readonly descending: boolean;
  readonly limit: number;
  /** The sort position after which the page begins: as `sortPosition` of the last row of the page before. */
  readonly after?: SortPosition;
  /** Begin at the first row of this kana row, or of the next one that has any (only with sort by kana, ascending). */
  readonly startAt?: PatientLinkRecord["kanaRow"];
}

/** Where a row stands in its order: the sort value (null sorts last in both directions) and the link's id. */
export interface SortPosition {
  readonly value: string | null;
  readonly id: string;
}

export interface PatientHit {
  readonly patient: PatientRecord;
  readonly link: PatientLinkRecord;
  /** Open memberships in this institution, in any order. */
  readonly groupIds: readonly string[];
  /** Another linked patient of the institution has the same written name or the same reading. */
  readonly sameName: boolean;
  readonly position: SortPosition;
}

export interface PatientHits {
  readonly hits: readonly PatientHit[];
  /** All that match, wherever the page begins. */
  readonly total: number;
  /** The same by kana row, in the order あ to 他; rows without a patient may be left out. */
  readonly kanaIndex: readonly { row: PatientLinkRecord["kanaRow"]; count: number }[];
}

/** Reads that no single table can answer. */
export interface Queries {
  /** Patients whose link has the status `linked`. */
  searchPatients(query: PatientQuery): Promise<PatientHits>;
  /** Open memberships per group of the institution. */
  memberCounts(institutionId: string): Promise<ReadonlyMap<string, number>>;
  /** Events of the audit log behind this `seq` that have no seal yet, by `seq`. */
  unsealedAudit(after: number, limit: number): Promise<AuditRecord[]>;
  /** Deletes the events of a chain up to its anchor, with their seals, and says how many: the one way out of the log. */
  purgeSealedAudit(chain: string): Promise<number>;
}

/**
 * Everything inside one unit of work. All of it happens or nothing.
 * Once `work` has returned or thrown, every use of it throws.
 * At READ COMMITTED two transactions see each other's commits between statements: guard by `lock` or by guarded updates.
 */
export interface Transaction extends Tables, Queries {
  /** Waits until no other transaction holds the same name; held until the end of this one. */
  lock(name: string): Promise<void>;
  /** The same without waiting; false when somebody else holds it. */
  tryLock(name: string): Promise<boolean>;
}

export interface TransactionOptions {
  /**
   * The tenant whose work this is: a database then shows and takes its rows only, whatever the work asks for (row-level security).
   * Null or not told for the service's own work, which knows no tenant yet or has none, and for that of a patient.
   */
  readonly institutionId?: string | null;
  /**
   * False for work that only reads, or whose every write may stay whatever comes after it: then each statement stands by itself,
   * which saves a database two of its turns. Locks hold nothing then.
   */
  readonly atomic?: boolean;
  /** For whoever looks how the service is: does not wait behind its callers, where the store can help it. */
  readonly watching?: boolean;
}

/** Where everything is kept. Everything is read and written inside a transaction; an exception rolls it back. */
export interface Store {
  /**
   * Runs `work` and commits. May run it again after a deadlock or a lost serialisation, so `work` must not act outside.
   * @throws StoreUnavailable when the database cannot be reached
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Fails when the database cannot be reached. */
  ping(): Promise<void>;
  /**
   * The time by the database's own clock; null where there is none but this process's.
   * @throws StoreUnavailable
   */
  now(): Promise<Date | null>;
  close(): Promise<void>;
}

/** Thrown by inserts and updates; `rule` is the name in `tables.ts`, or `<table>_key` for the key itself. */
export class UniqueViolation extends Error {
  readonly rule: string;
  constructor(rule: string) {
    super(`Unique rule ${rule} is violated`);
    this.name = "UniqueViolation";
    this.rule = rule;
  }
}

export class StoreUnavailable extends Error {
  constructor(options?: ErrorOptions) {
    super("The database cannot be reached", options);
    this.name = "StoreUnavailable";
  }
}
