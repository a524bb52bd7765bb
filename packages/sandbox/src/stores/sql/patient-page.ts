import type { PatientLinkRecord, PatientQuery, SortPosition } from "@welby/backend/ports";
import { sql, type SqlBool } from "kysely";
import type { Database } from "./database.ts";
import { KANA_ROWS } from "./kana-rows.ts";
import { patientFilter } from "./patient-filter.ts";
import { comparable, SORT_COLUMN } from "./patient-order.ts";

type Boundary = { readonly position: SortPosition; readonly included: boolean };

/** The links of one page in order. Pages follow a position, not a number, so a row that comes or goes shifts nobody. */
export async function patientPage(database: Database, query: PatientQuery): Promise<PatientLinkRecord[]> {
  const boundary = await boundaryOf(database, query);
  if (boundary === "past the end") return [];
  const page: PatientLinkRecord[] = [];
  // Two index ranges instead of one OR: rows with a value first, then the rows without one.
  if (boundary?.position.value !== null)
    page.push(...(await links(database, query, "valued", boundary, query.limit).execute()));
  if (page.length < query.limit) {
    const rest = boundary?.position.value === null ? boundary : undefined;
    page.push(...(await links(database, query, "empty", rest, query.limit - page.length).execute()));
  }
  return page;
}

async function boundaryOf(
  database: Database,
  query: PatientQuery,
): Promise<Boundary | undefined | "past the end"> {
  const after = query.after && { position: query.after, included: false };
  if (query.startAt === undefined) return after;
  const rows = KANA_ROWS.slice(KANA_ROWS.indexOf(query.startAt));
  for (const part of ["valued", "empty"] as const) {
    if (part === "valued" && after?.position.value === null) continue;
    const within = part === "valued" || after?.position.value === null ? after : undefined;
    const first = await firstUnder(database, query, part, within, rows);
    if (first) return { position: { value: first.kanaSort, id: first.id }, included: true };
  }
  return "past the end";
}

/** One probe of the index a heading, and the earliest of what they find: all at once would go through the list from its top. */
async function firstUnder(
  database: Database,
  query: PatientQuery,
  part: "valued" | "empty",
  boundary: Boundary | undefined,
  rows: readonly PatientLinkRecord["kanaRow"][],
): Promise<Pick<PatientLinkRecord, "kanaSort" | "id"> | undefined> {
  const probe = links(database, query, part, boundary, 1).where(
    sql<SqlBool>`${sql.ref("kanaRow")} = ${sql.ref("heading")}`,
  );
  const found = await sql<Pick<PatientLinkRecord, "kanaSort" | "id">>`
    select first.* from unnest(${rows}::text[]) as heading cross join lateral (${probe}) as first
    order by first.kana_sort, first.id limit 1`.execute(database);
  return found.rows[0];
}

function links(
  database: Database,
  query: PatientQuery,
  part: "valued" | "empty",
  boundary: Boundary | undefined,
  limit: number,
) {
  const column = SORT_COLUMN[query.sort];
  let select = database.selectFrom("patientLinks").selectAll().where(patientFilter(query));
  select = select.where(column, part === "valued" ? "is not" : "is", null);
  if (boundary) {
    const { included } = boundary;
    const position = {
      id: comparable(boundary.position.id),
      value: comparable(boundary.position.value ?? ""),
    };
    const later = sql<SqlBool>`${sql.ref("id")} ${included ? sql`>=` : sql`>`} ${position.id}`;
    const beyond = query.descending ? sql`<` : sql`>`;
    select = select.where(
      part === "empty"
        ? later
        : // The first half repeats the second for the planner: it bounds the index range.
          sql<SqlBool>`${sql.ref(column)} ${beyond}= ${position.value} and (${sql.ref(column)} ${beyond} ${position.value} or ${later})`,
    );
  }
  if (part === "valued") select = select.orderBy(column, query.descending ? "desc" : "asc");
  return select.orderBy("id").limit(limit);
}
