import type {
  PatientHit,
  PatientHits,
  PatientLinkRecord,
  PatientQuery,
  PatientRecord,
} from "@welby/backend/ports";
import { sql, type SqlBool } from "kysely";
import type { Database } from "./database.ts";
import { KANA_ROWS } from "./kana-rows.ts";
import { patientFilter } from "./patient-filter.ts";
import { isTyped, matchingPatients } from "./patient-matches.ts";
import { SORT_COLUMN } from "./patient-order.ts";
import { patientPage } from "./patient-page.ts";

/** One page of linked patients with what a list shows beside them: groups, namesakes, the count of all and the kana index. */
export async function searchPatients(database: Database, query: PatientQuery): Promise<PatientHits> {
  const { links, kanaIndex } = isTyped(query)
    ? await matchingPatients(database, query)
    : { links: await patientPage(database, query), kanaIndex: await kanaIndexOf(database, query) };
  return {
    hits: await hitsOf(database, query, links),
    total: kanaIndex.reduce((sum, { count }) => sum + count, 0),
    kanaIndex,
  };
}

async function kanaIndexOf(database: Database, query: PatientQuery): Promise<PatientHits["kanaIndex"]> {
  const counted = await (query.groupIds ? countedIn(database, query) : countedOfAll(database, query));
  const counts = new Map(counted.map(({ kanaRow, count }) => [kanaRow, count]));
  return KANA_ROWS.map((row) => ({ row, count: counts.get(row) ?? 0 }));
}

type Counted = Pick<PatientLinkRecord, "kanaRow"> & { count: number };

function countedIn(database: Database, query: PatientQuery): Promise<Counted[]> {
  return database
    .selectFrom("patientLinks")
    .select(["kanaRow", sql<number>`count(*)`.as("count")])
    .where(patientFilter(query))
    .groupBy("kanaRow")
    .execute();
}

/** Kept by triggers: to count 100,000 rows takes longer than everything else of a search. */
async function countedOfAll(database: Database, { institutionId }: PatientQuery): Promise<Counted[]> {
  const { rows } = await sql<Counted>`select kana_row, linked as count from patient_counts
    where institution_id = ${institutionId}`.execute(database);
  return rows;
}

interface Shown extends PatientRecord {
  readonly groupIds: string[];
  readonly sameName: boolean;
}

async function hitsOf(
  database: Database,
  query: PatientQuery,
  links: readonly PatientLinkRecord[],
): Promise<PatientHit[]> {
  if (links.length === 0) return [];
  const shown = await shownOf(
    database,
    query.institutionId,
    links.map((link) => link.patientId),
  );
  const byId = new Map(shown.map((one) => [one.id, one]));
  return links.flatMap((link) => {
    const one = byId.get(link.patientId);
    if (!one) return [];
    const { groupIds, sameName, ...patient } = one;
    return {
      patient,
      link,
      groupIds,
      sameName,
      position: { value: link[SORT_COLUMN[query.sort]], id: link.id },
    };
  });
}

/** The patients of a page with their groups, and whether another linked patient has the same written name or the same reading. */
async function shownOf(
  database: Database,
  institutionId: string,
  patientIds: readonly string[],
): Promise<Shown[]> {
  // Two probes a patient, each by its own index and over with the first hit; one join would begin with all of somebody's namesakes.
  const shares = (name: "nameText" | "nameKana") => sql<SqlBool>`exists (
    select from patients as other join patient_links as link on link.patient_id = other.id
    where ${sql.ref(`other.${name}`)} = ${sql.ref(`one.${name}`)} and other.id <> one.id
      and link.institution_id = ${institutionId} and link.status = 'linked')`;
  const { rows } = await sql<Shown>`select one.*,
      array(select group_id from memberships
        where institution_id = ${institutionId} and patient_id = one.id and removed_at is null) as group_ids,
      (${shares("nameText")} or ${shares("nameKana")}) as same_name
    from patients as one where one.id = any(${patientIds}::text[])`.execute(database);
  return rows;
}
