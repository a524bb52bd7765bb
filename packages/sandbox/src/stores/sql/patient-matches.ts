import type { PatientHits, PatientLinkRecord, PatientQuery } from "@welby/backend/ports";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { canBeStored } from "./conditions.ts";
import type { Database } from "./database.ts";
import { KANA_ROWS } from "./kana-rows.ts";
import { inGroups } from "./patient-filter.ts";
import { comparable, SORT_COLUMN } from "./patient-order.ts";

type Condition = RawBuilder<SqlBool>;

export interface Matches {
  readonly links: readonly PatientLinkRecord[];
  readonly kanaIndex: PatientHits["kanaIndex"];
}

/** Whether anything was typed that a row has to match. */
export function isTyped({ text, numberKey, numberPrefix }: PatientQuery): boolean {
  return text !== undefined || numberKey !== undefined || numberPrefix !== undefined;
}

type Row = { counts: Record<string, number> | null; pageId: string } & (PatientLinkRecord | { id: null });

/** What was typed is looked up once; the page and the counts are taken from what was found. */
export async function matchingPatients(database: Database, query: PatientQuery): Promise<Matches> {
  // The counts stand in the first row, also where it has no patient.
  const { rows } = await sql<Row>`
    with found as materialized (
      select * from (${candidates(query)}) as candidates
      ${query.groupIds ? sql`where ${inGroups("candidates", query.institutionId, query.groupIds)}` : sql``}
    ), counted as (
      select coalesce(json_object_agg(kana_row, count), '{}') as counts
      from (select kana_row, count(*) as count from found group by kana_row) as rows
    ), page as (${query.startAt === undefined ? page(query) : pageFromHeading(query)})
    select case row_number() over (${inOrder(query)}) when 1 then counts end as counts, page_id, patient_links.*
    from counted left join (page join patient_links on patient_links.id = page_id) on true ${inOrder(query)}`.execute(
    database,
  );
  const counts = rows[0]?.counts ?? {};
  return {
    links: rows.flatMap(({ counts: _, pageId: __, ...link }) => (link.id === null ? [] : link)),
    kanaIndex: KANA_ROWS.map((row) => ({ row, count: counts[row] ?? 0 })),
  };
}

function inOrder({ sort, descending }: PatientQuery): RawBuilder<unknown> {
  return sql`order by ${sql.ref(SORT_COLUMN[sort])} ${descending ? sql`desc` : sql`asc`} nulls last, id`;
}

function page(query: PatientQuery): RawBuilder<unknown> {
  return sql`select id as page_id from found where ${beyond(query)} ${inOrder(query)} limit ${query.limit}`;
}

/** From the first row under the heading, or under a later one. */
function pageFromHeading(query: PatientQuery): RawBuilder<unknown> {
  const order = inOrder(query);
  return sql`select found.id as page_id from found, (
      select ${sql.ref(SORT_COLUMN[query.sort])} as start_value, id as start_id from found
      where ${beyond(query)} and ${underHeading(query)} ${order} limit 1
    ) as start
    where ${fromStart(query)} ${order} limit ${query.limit}`;
}

/** What orders, counts and limits a search; the whole rows are read for the page only. */
const NAMES = ["id", "patient_id", "kana_row", "kana_sort", "patient_number_key", "birth_date"];
const COLUMNS = sql.raw(NAMES.join());
// What a function answers has forgotten the order of its columns: theirs is that of code points, on every server.
const FUNCTION_COLUMNS = sql.raw(NAMES.map((name) => `${name} collate "C" as ${name}`).join());

/** A name or reading by its pieces; a number by its range of the index. `union` leaves out who is found by both. */
function candidates({ institutionId, text, numberKey, numberPrefix }: PatientQuery): RawBuilder<unknown> {
  const ways: RawBuilder<unknown>[] = [];
  if (text !== undefined && canBeStored(text)) {
    ways.push(sql`select ${FUNCTION_COLUMNS} from linked_patients_with(${institutionId}, ${piecesOf(institutionId, text)}::text[],
      ${`%${literal(text)}%`})`);
  }
  const numbered = (condition: Condition) =>
    sql`select ${COLUMNS} from patient_links where institution_id = ${institutionId} and status = 'linked' and ${condition}`;
  if (numberKey !== undefined && canBeStored(numberKey))
    ways.push(numbered(sql`patient_number_key = ${numberKey}`));
  if (numberPrefix !== undefined && canBeStored(numberPrefix)) {
    // A range and not LIKE, which could tell of hidden rows and is therefore no condition of an index here.
    ways.push(
      numbered(
        sql`patient_number_key >= ${numberPrefix} and patient_number_key < ${`${numberPrefix}\u{10FFFF}`}`,
      ),
    );
  }
  return ways.length === 0
    ? sql`select ${COLUMNS} from patient_links where false`
    : sql.join(ways, sql` union `);
}

/** As the function `search_pieces` cuts what is stored; the longest ones, since a piece of one character is in each of two. */
function piecesOf(institutionId: string, text: string): string[] {
  const letters = [...text];
  const pieces =
    letters.length < 2
      ? letters
      : letters.slice(1).map((letter, index) => `${letters[index] ?? ""}${letter}`);
  return [...new Set(pieces)].map((piece) => `${institutionId} ${piece}`);
}

/** Behind the page before. */
function beyond({ sort, descending, after }: PatientQuery): Condition {
  if (!after) return sql`true`;
  const column = sql.ref(SORT_COLUMN[sort]);
  const id = comparable(after.id);
  if (after.value === null) return sql`${column} is null and id > ${id}`;
  const value = comparable(after.value);
  return sql`(${column} ${descending ? sql`<` : sql`>`} ${value} or (${column} = ${value} and id > ${id}) or ${column} is null)`;
}

function underHeading({ startAt }: PatientQuery): Condition {
  if (startAt === undefined) return sql`true`;
  return sql`kana_row = any(${KANA_ROWS.slice(KANA_ROWS.indexOf(startAt))}::text[])`;
}

function fromStart({ sort, descending }: PatientQuery): Condition {
  const column = sql.ref(SORT_COLUMN[sort]);
  return sql`(${column} ${descending ? sql`<` : sql`>`} start_value
    or (${column} is not distinct from start_value and id >= start_id)
    or (${column} is null and start_value is not null))`;
}

/** `%`, `_` and `\` stand for themselves. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
