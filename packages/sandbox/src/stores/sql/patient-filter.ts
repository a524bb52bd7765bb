import type { PatientQuery } from "@welby/backend/ports";
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from "kysely";
import type { Records } from "@welby/backend/ports";
import { canBeStored } from "./conditions.ts";

type Links = ExpressionBuilder<Records, "patientLinks">;

/** The linked patients of an institution that a query finds. */
export function patientFilter(query: PatientQuery) {
  return (links: Links): Expression<SqlBool> => {
    const all: Expression<SqlBool>[] = [
      links("institutionId", "=", query.institutionId),
      links("status", "=", "linked"),
    ];
    const typed = typedConditions(links, query);
    if (typed) all.push(links.or(typed));
    if (query.groupIds) all.push(inGroups(links, query.institutionId, query.groupIds));
    return links.and(all);
  };
}

/** What was typed may be a name, a reading or a number; undefined when nothing was. */
function typedConditions(
  links: Links,
  { text, numberKey, numberPrefix }: PatientQuery,
): Expression<SqlBool>[] | undefined {
  if (text === undefined && numberKey === undefined && numberPrefix === undefined) return undefined;
  const any: Expression<SqlBool>[] = [];
  if (text !== undefined && canBeStored(text)) any.push(links("searchKey", "like", `%${literal(text)}%`));
  if (numberKey !== undefined && canBeStored(numberKey)) any.push(links("patientNumberKey", "=", numberKey));
  if (numberPrefix !== undefined && canBeStored(numberPrefix)) {
    any.push(links("patientNumberKey", "like", `${literal(numberPrefix)}%`));
  }
  return any;
}

function inGroups(links: Links, institutionId: string, groupIds: readonly string[]): Expression<SqlBool> {
  return links.exists(
    links
      .selectFrom("memberships")
      .select(sql`1`.as("one"))
      .whereRef("memberships.patientId", "=", "patientLinks.patientId")
      .where("memberships.institutionId", "=", institutionId)
      .where("memberships.removedAt", "is", null)
      .where(sql<SqlBool>`${sql.ref("memberships.groupId")} = any(${groupIds}::text[])`),
  );
}

/** `%`, `_` and `\` stand for themselves. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
