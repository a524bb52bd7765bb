import type { PatientHit, PatientHits, PatientLinkRecord, PatientQuery } from "@welby/backend/ports";
import { sql, type SqlBool } from "kysely";
import type { Database } from "./database.ts";
import { KANA_ROWS } from "./kana-rows.ts";
import { patientFilter } from "./patient-filter.ts";
import { patientPage, SORT_COLUMN } from "./patient-page.ts";

/** One page of linked patients with what a list shows beside them: groups, namesakes, the count of all and the kana index. */
export async function searchPatients(database: Database, query: PatientQuery): Promise<PatientHits> {
  const links = await patientPage(database, query);
  const kanaIndex = await kanaIndexOf(database, query);
  return {
    hits: await hitsOf(database, query, links),
    total: kanaIndex.reduce((sum, { count }) => sum + count, 0),
    kanaIndex,
  };
}

async function kanaIndexOf(database: Database, query: PatientQuery): Promise<PatientHits["kanaIndex"]> {
  const counted = await database
    .selectFrom("patientLinks")
    .select(["kanaRow", sql<number>`count(*)`.as("count")])
    .where(patientFilter(query))
    .groupBy("kanaRow")
    .execute();
  const counts = new Map(counted.map(({ kanaRow, count }) => [kanaRow, count]));
  return KANA_ROWS.map((row) => ({ row, count: counts.get(row) ?? 0 }));
}

async function hitsOf(
  database: Database,
  query: PatientQuery,
  links: readonly PatientLinkRecord[],
): Promise<PatientHit[]> {
  if (links.length === 0) return [];
  const ids = links.map((link) => link.patientId);
  const patients = new Map(
    (await database.selectFrom("patients").selectAll().where("id", "in", ids).execute()).map((row) => [
      row.id,
      row,
    ]),
  );
  const groups = await groupsOf(database, query.institutionId, ids);
  const namesakes = await withNamesake(database, query.institutionId, ids);
  return links.flatMap((link) => {
    const patient = patients.get(link.patientId);
    if (!patient) return [];
    return {
      patient,
      link,
      groupIds: groups.get(link.patientId) ?? [],
      sameName: namesakes.has(link.patientId),
      position: { value: link[SORT_COLUMN[query.sort]], id: link.id },
    };
  });
}

async function groupsOf(
  database: Database,
  institutionId: string,
  patientIds: string[],
): Promise<Map<string, string[]>> {
  const rows = await database
    .selectFrom("memberships")
    .select(["patientId", "groupId"])
    .where("institutionId", "=", institutionId)
    .where("removedAt", "is", null)
    .where("patientId", "in", patientIds)
    .execute();
  const groups = new Map<string, string[]>();
  for (const { patientId, groupId } of rows)
    groups.set(patientId, [...(groups.get(patientId) ?? []), groupId]);
  return groups;
}

/** Of these patients those for whom another linked patient of the institution has the same written name or the same reading. */
async function withNamesake(
  database: Database,
  institutionId: string,
  patientIds: string[],
): Promise<Set<string>> {
  const sharing = (name: "nameText" | "nameKana") =>
    database
      .selectFrom("patients as one")
      .innerJoin("patients as other", `other.${name}`, `one.${name}`)
      .select(["one.id as id", "other.id as otherId"])
      .where("one.id", "in", patientIds)
      .whereRef("other.id", "<>", "one.id");
  // Two joins, each by its own index; one join with OR would have none.
  const pairs = await sharing("nameText").union(sharing("nameKana")).execute();
  if (pairs.length === 0) return new Set();
  // Apart from the names, so that no planner begins with all patients of the institution.
  const linked = await database
    .selectFrom("patientLinks")
    .select("patientId")
    .where("institutionId", "=", institutionId)
    .where("status", "=", "linked")
    .where(
      sql<SqlBool>`${sql.ref("patientId")} = any(${[...new Set(pairs.map(({ otherId }) => otherId))]}::text[])`,
    )
    .execute();
  const here = new Set(linked.map(({ patientId }) => patientId));
  return new Set(pairs.filter(({ otherId }) => here.has(otherId)).map(({ id }) => id));
}
