import type { PatientLinkRecord, PatientRecord } from "../../ports/records.ts";
import type { PatientHit, PatientHits, PatientQuery, SortPosition } from "../../ports/store.ts";
import { copyOut } from "./copy.ts";
import { compareColumn } from "./order.ts";
import type { Rows } from "./rows.ts";

type Entry = { link: PatientLinkRecord; patient: PatientRecord };
type Sort = PatientQuery["sort"];

const SORT_COLUMN = {
  kana: "kanaSort",
  patientNumber: "patientNumberKey",
  birthDate: "birthDate",
} as const satisfies Record<Sort, keyof PatientLinkRecord>;

const KANA_ROWS = ["あ", "か", "さ", "た", "な", "は", "ま", "や", "ら", "わ", "他"] as const;

/** Searches one institution: sorted lists and name counts are kept until a link or a name changes. */
export class PatientSearch {
  readonly #tables: { links: Rows; patients: Rows; memberships: Rows };
  readonly #snapshots = new Map<string, Snapshot>();
  #revision = "";

  constructor(tables: { links: Rows; patients: Rows; memberships: Rows }) {
    this.#tables = tables;
  }

  search(query: PatientQuery): PatientHits {
    const snapshot = this.#snapshot(query.institutionId);
    const members = query.groupIds && this.#membersOf(query.institutionId, query.groupIds);
    const found = snapshot
      .sorted(query.sort, query.descending)
      .filter(({ link }) => matchesText(link, query) && (!members || members.has(link.patientId)));
    const page = found.slice(startOf(found, query)).slice(0, query.limit);
    return {
      hits: page.map((entry) => this.#hit(snapshot, entry, query)),
      total: found.length,
      kanaIndex: kanaIndexOf(found),
    };
  }

  #hit(snapshot: Snapshot, entry: Entry, query: PatientQuery): PatientHit {
    const open = { institutionId: query.institutionId, patientId: entry.patient.id, removedAt: null };
    return {
      // Read afresh: a version and an account are no part of what the snapshot watches.
      patient: copyOut(this.#tables.patients.byKey(entry.patient.id) ?? {}) as unknown as PatientRecord,
      link: copyOut(this.#tables.links.byKey(entry.link.id) ?? {}) as unknown as PatientLinkRecord,
      groupIds: this.#tables.memberships.find(open).map((row) => row.groupId as string),
      sameName: snapshot.hasNamesake(entry.patient),
      position: position(entry, query.sort),
    };
  }

  #membersOf(institutionId: string, groupIds: readonly string[]): Set<unknown> {
    const open = { institutionId, groupId: { in: groupIds }, removedAt: null };
    return new Set(this.#tables.memberships.find(open).map((row) => row.patientId));
  }

  #snapshot(institutionId: string): Snapshot {
    const { links, patients } = this.#tables;
    const revision = `${links.revision}/${patients.revision}`;
    if (revision !== this.#revision) this.#snapshots.clear();
    this.#revision = revision;
    let snapshot = this.#snapshots.get(institutionId);
    if (!snapshot) {
      const entries = links.find({ institutionId, status: "linked" }).flatMap((row) => {
        const patient = patients.byKey(row.patientId as string);
        return patient ? [{ link: row, patient } as unknown as Entry] : [];
      });
      this.#snapshots.set(institutionId, (snapshot = new Snapshot(entries)));
    }
    return snapshot;
  }
}

class Snapshot {
  readonly #entries: Entry[];
  readonly #orders = new Map<string, Entry[]>();
  readonly #names = new Map<string, number>();

  constructor(entries: Entry[]) {
    this.#entries = entries;
    for (const { patient } of entries) {
      for (const name of namesOf(patient)) this.#names.set(name, (this.#names.get(name) ?? 0) + 1);
    }
  }

  hasNamesake(patient: PatientRecord): boolean {
    return namesOf(patient).some((name) => (this.#names.get(name) ?? 0) > 1);
  }

  sorted(sort: Sort, descending: boolean): Entry[] {
    const name = `${sort} ${descending}`;
    let order = this.#orders.get(name);
    if (!order) {
      order = [...this.#entries].sort((a, b) => compare(position(a, sort), position(b, sort), descending));
      this.#orders.set(name, order);
    }
    return order;
  }
}

function namesOf(patient: PatientRecord): string[] {
  return [`name ${patient.nameText}`, ...(patient.nameKana === null ? [] : [`kana ${patient.nameKana}`])];
}

function position({ link }: Entry, sort: Sort): SortPosition {
  return { value: link[SORT_COLUMN[sort]], id: link.id };
}

function compare(a: SortPosition, b: SortPosition, descending: boolean): number {
  return compareColumn(a.value, b.value, descending) || compareColumn(a.id, b.id, false);
}

function matchesText(link: PatientLinkRecord, { text, numberKey, numberPrefix }: PatientQuery): boolean {
  if (text === undefined && numberKey === undefined && numberPrefix === undefined) return true;
  return (
    (text !== undefined && link.searchKey.includes(text)) ||
    (numberKey !== undefined && link.patientNumberKey === numberKey) ||
    (numberPrefix !== undefined && (link.patientNumberKey?.startsWith(numberPrefix) ?? false))
  );
}

function startOf(found: readonly Entry[], { sort, descending, after, startAt }: PatientQuery): number {
  const from = startAt === undefined ? 0 : KANA_ROWS.indexOf(startAt);
  const start = found.findIndex(
    (entry) =>
      (after === undefined || compare(position(entry, sort), after, descending) > 0) &&
      KANA_ROWS.indexOf(entry.link.kanaRow) >= from,
  );
  return start === -1 ? found.length : start;
}

function kanaIndexOf(found: readonly Entry[]): PatientHits["kanaIndex"] {
  const counts = new Map<string, number>();
  for (const { link } of found) counts.set(link.kanaRow, (counts.get(link.kanaRow) ?? 0) + 1);
  return KANA_ROWS.map((row) => ({ row, count: counts.get(row) ?? 0 }));
}
