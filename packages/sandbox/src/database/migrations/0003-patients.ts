import { sql, type Kysely } from "kysely";
import { instant, plainDate, text } from "./column-types.ts";

/** Patients, their links to institutions, and the groups that staff sort them into. */
export async function up(database: Kysely<never>): Promise<void> {
  const statements = [
    `create table patients (
      id ${text} constraint patients_key primary key,
      account_id ${text},
      name_text ${text} not null,
      name_kana ${text},
      family ${text},
      given ${text},
      family_kana ${text},
      given_kana ${text},
      birth_date ${plainDate("birth_date")},
      sex ${text} not null
    )`,
    `create index patients_account on patients (account_id)`,
    // People of one name (同姓同名), written or read.
    `create index patients_name_text on patients (name_text)`,
    `create index patients_name_kana on patients (name_kana)`,

    `create table patient_links (
      id ${text} constraint patient_links_key primary key,
      patient_id ${text} not null,
      institution_id ${text} not null,
      patient_number ${text},
      patient_number_key ${text},
      status ${text} not null,
      version integer not null,
      changed_by ${text},
      changed_at ${instant},
      search_key ${text} not null,
      kana_sort ${text},
      kana_row ${text} not null,
      birth_date ${plainDate("birth_date")},
      constraint patient_links_pair unique (institution_id, patient_id),
      constraint patient_links_number unique (institution_id, patient_number_key)
    )`,
    `create index patient_links_patient on patient_links (patient_id)`,
    // One for each order of the patient list; a page is a range of it.
    `create index patient_links_by_kana on patient_links (institution_id, kana_sort, id) where status = 'linked'`,
    `create index patient_links_by_number on patient_links (institution_id, patient_number_key, id) where status = 'linked'`,
    `create index patient_links_by_birth_date on patient_links (institution_id, birth_date, id) where status = 'linked'`,
    `create index patient_links_by_row on patient_links (institution_id, kana_row) where status = 'linked'`,

    `create table groups (
      id ${text} constraint groups_key primary key,
      institution_id ${text} not null,
      category_id ${text},
      name ${text} not null,
      name_key ${text} not null,
      sort_order integer not null,
      version integer not null,
      deleted_at ${instant}
    )`,
    `create unique index groups_name on groups (institution_id, name_key) where deleted_at is null`,

    `create table categories (
      id ${text} constraint categories_key primary key,
      institution_id ${text} not null,
      name ${text} not null,
      name_key ${text} not null,
      sort_order integer not null,
      version integer not null,
      constraint categories_name unique (institution_id, name_key)
    )`,

    `create table memberships (
      id ${text} constraint memberships_key primary key,
      institution_id ${text} not null,
      group_id ${text} not null,
      patient_id ${text} not null,
      added_by ${text} not null,
      added_at ${instant} not null,
      removed_by ${text},
      removed_at ${instant}
    )`,
    `create unique index memberships_open on memberships (group_id, patient_id) where removed_at is null`,
    `create index memberships_patient on memberships (institution_id, patient_id) where removed_at is null`,
    `create index memberships_group on memberships (institution_id, group_id) where removed_at is null`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
