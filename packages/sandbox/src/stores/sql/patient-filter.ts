import type { PatientQuery, Records } from "@welby/backend/ports";
import { sql, type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool } from "kysely";

type Links = ExpressionBuilder<Records, "patientLinks">;

/** The linked patients of an institution, or those of them who are in certain groups. */
export function patientFilter({ institutionId, groupIds }: PatientQuery) {
  return (links: Links): Expression<SqlBool> =>
    links.and([
      links("institutionId", "=", institutionId),
      // As the partial indexes say it: a parameter could be anything else.
      sql<SqlBool>`status = 'linked'`,
      ...(groupIds ? [inGroups("patientLinks", institutionId, groupIds)] : []),
    ]);
}

/** Rows of a table of links whose patient is in any of the groups. */
export function inGroups(
  table: string,
  institutionId: string,
  groupIds: readonly string[],
): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select from ${sql.table("memberships")} as m
    where ${sql.ref("m.patientId")} = ${sql.ref(`${table}.patientId`)}
      and ${sql.ref("m.institutionId")} = ${institutionId}
      and ${sql.ref("m.removedAt")} is null
      and ${sql.ref("m.groupId")} = any(${groupIds}::text[]))`;
}
