import { sql, type Kysely } from "kysely";
import { text } from "./column-types.ts";

/**
 * What a search among 100,000 patients of a hospital needs, so that it reads what it shows and not all of them:
 * the counts of the whole list, and an index of the pieces of one and two characters that names and readings are made of.
 */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `create table patient_counts (
      institution_id ${text} not null,
      kana_row ${text} not null,
      linked bigint not null,
      constraint patient_counts_key primary key (institution_id, kana_row)
    )`,
    `insert into patient_counts
      select institution_id, kana_row, count(*) from patient_links where status = 'linked' group by 1, 2`,
    `create function add_patient_count(place text, heading text, more bigint) returns void
      language sql security definer set search_path from current as $$
        insert into patient_counts values (place, heading, more)
        on conflict on constraint patient_counts_key do update set linked = patient_counts.linked + excluded.linked
      $$`,
    ...counting(
      "insert",
      "select institution_id, kana_row, 1 from added where status = 'linked'",
      "new table as added",
    ),
    ...counting(
      "delete",
      "select institution_id, kana_row, -1 from gone where status = 'linked'",
      "old table as gone",
    ),
    ...counting(
      "update",
      `select institution_id, kana_row, 1 from added where status = 'linked'
       union all select institution_id, kana_row, -1 from gone where status = 'linked'`,
      "old table as gone new table as added",
    ),

    // A jump to a heading begins at the first row under it.
    `drop index patient_links_by_row`,
    `create index patient_links_by_row on patient_links (institution_id, kana_row, kana_sort, id) where status = 'linked'`,

    // With the institution in each piece, so that a search in one hospital never touches the rows of another.
    `create function search_pieces(place text, searched text) returns text[]
      language plpgsql immutable strict parallel safe as $$
      declare
        letters text[] := string_to_array(searched, null);
        pieces text[] := '{}';
      begin
        for i in 1 .. coalesce(array_length(letters, 1), 0) loop
          pieces := pieces || (place || ' ' || letters[i]);
          if i < array_length(letters, 1) then
            pieces := pieces || (place || ' ' || letters[i] || letters[i + 1]);
          end if;
        end loop;
        return pieces;
      end
    $$`,
    `create index patient_links_pieces on patient_links using gin (search_pieces(institution_id, search_key))
      where status = 'linked'`,
    // As its owner: under row-level security no index of this kind is used, because its operator could tell of hidden rows.
    // So the function asks itself whose rows these are.
    `create function linked_patients_with(place text, pieces text[], pattern text)
      returns table (id text, patient_id text, kana_row text, kana_sort text, patient_number_key text, birth_date text)
      language sql stable security definer set search_path from current as $$
        select l.id, l.patient_id, l.kana_row, l.kana_sort, l.patient_number_key, l.birth_date from patient_links l
        where search_pieces(institution_id, search_key) @> pieces
          and status = 'linked'
          and institution_id = place
          and institution_id = (select coalesce(nullif(current_setting('welby.institution', true), ''), place))
          and search_key like pattern
      $$`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}

/** A trigger that keeps the counts; per statement, so that many rows cost one change a heading. */
function counting(event: "insert" | "update" | "delete", changes: string, referencing: string): string[] {
  return [
    // In one order, so that two of them never wait for each other crosswise.
    `create function count_patients_on_${event}() returns trigger language plpgsql security definer set search_path from current as $$
      begin
        perform add_patient_count(place, heading, more) from (
          select place, heading, sum(change)::bigint as more from (${changes}) as changed (place, heading, change)
          group by place, heading having sum(change) <> 0 order by place, heading
        ) as changes;
        return null;
      end
    $$`,
    `create trigger count_patients_on_${event} after ${event} on patient_links referencing ${referencing}
      for each statement execute function count_patients_on_${event}()`,
  ];
}
