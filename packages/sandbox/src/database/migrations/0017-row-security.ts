import { tables, type TableName } from "@welby/backend/ports";
import { sql, type Kysely } from "kysely";
import { snakeCase } from "../../stores/sql/database.ts";
import { conditions, SERVICE_ROLE, tenancy, TENANT_ROLE, type Tenancy } from "../tenancy.ts";

/**
 * The second layer of tenancy, below the conditions in the code: row-level security for two roles that own nothing.
 * The login role owns the schema and steps down to them; so a condition that was
 * forgotten in a tenant's work shows and changes no other tenant's rows, and nothing at all that was logged can be changed.
 */
export async function up(database: Kysely<never>): Promise<void> {
  for (const role of [SERVICE_ROLE, TENANT_ROLE]) await sql.raw(createRole(role)).execute(database);
  for (const [name, rule] of Object.entries(tenancy) as [TableName, Tenancy][]) {
    const appendOnly = "appendOnly" in tables[name];
    for (const statement of statements(snakeCase(name), rule, appendOnly))
      await sql.raw(statement).execute(database);
  }
  // Kept by triggers, which run as the owner.
  for (const role of [SERVICE_ROLE, TENANT_ROLE])
    await sql.raw(`grant select on patient_counts to ${role}`).execute(database);
  for (const statement of rowRules("patient_counts", { column: "institution_id" }))
    await sql.raw(statement).execute(database);
  // A function that runs with its owner's rights is open to everybody unless somebody closes it.
  const closed = ["purge_sealed_audit", "add_patient_count"];
  for (const name of closed)
    await sql.raw(`revoke execute on function ${name} from public`).execute(database);
  await sql.raw(`grant execute on function purge_sealed_audit to ${SERVICE_ROLE}`).execute(database);
}

/** Roles belong to the whole server: another database may have made them already, or be making them right now. */
function createRole(role: string): string {
  const ask = (what: string) =>
    `raise exception 'An administrator of the server has to run this once: ${what}', session_user
      using errcode = 'insufficient_privilege'`;
  return `do $$ begin
    begin
      if not exists (select from pg_roles where rolname = '${role}') then
        create role ${role} nologin;
      end if;
    exception
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then ${ask(`create role ${role} nologin; grant ${role} to %`)};
    end;
    if not (select rolsuper from pg_roles where rolname = session_user) then
      begin
        execute format('grant ${role} to %I', session_user);
      exception when insufficient_privilege then
        -- Not this login's to give away, so somebody has to have given it.
        if not pg_has_role(session_user, '${role}', 'member') then
          ${ask(`grant ${role} to %`)};
        end if;
      end;
    end if;
  end $$`;
}

function statements(table: string, rule: Tenancy, appendOnly: boolean): string[] {
  const rights = appendOnly ? "select, insert" : "select, insert, update, delete";
  const toService = `grant ${rights} on ${table} to ${SERVICE_ROLE}`;
  if (rule === "none") return [toService];
  const readOnly = conditions(rule) && conditions(rule)?.write === undefined;
  return [
    toService,
    `grant ${readOnly ? "select" : rights} on ${table} to ${TENANT_ROLE}`,
    ...rowRules(table, rule),
  ];
}

function rowRules(table: string, rule: Tenancy): string[] {
  const condition = conditions(rule);
  if (!condition) return [];
  const { read, write } = condition;
  return [
    `alter table ${table} enable row level security`,
    `create policy service on ${table} to ${SERVICE_ROLE} using (true)`,
    ...(write === read
      ? [`create policy tenant on ${table} to ${TENANT_ROLE} using (${read})`]
      : [
          `create policy tenant on ${table} for select to ${TENANT_ROLE} using (${read})`,
          ...(write === undefined ? [] : writing(table, write)),
        ]),
  ];
}

function writing(table: string, condition: string): string[] {
  return [
    `create policy tenant_insert on ${table} for insert to ${TENANT_ROLE} with check (${condition})`,
    `create policy tenant_update on ${table} for update to ${TENANT_ROLE} using (${condition})`,
    `create policy tenant_delete on ${table} for delete to ${TENANT_ROLE} using (${condition})`,
  ];
}
