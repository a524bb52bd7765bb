import { compareKey } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import type { PatientLinkRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { groupsLock, moveMembers, requireCategory, requireGroups, toGroup } from "./group-rows.ts";
import { pageOf } from "./list-page.ts";
import type { Service } from "./service.ts";

const MAX_GROUPS = 200;

/** The groups of the institution in their order, each with the number of its members. */
export const listGroups: Service<"listGroups"> = async (call, input) => {
  const { institutionId } = call.actor;
  const { all, counts } = await call.transaction(async (transaction) => ({
    all: await transaction.groups.list({ institutionId }, { orderBy: ["sortOrder"] }),
    counts: await transaction.memberCounts(institutionId),
  }));
  const { rows, nextCursor, total } = await pageOf(call, input, {
    rows: all,
    shown: (row) => row.deletedAt === null,
  });
  return { items: rows.map((row) => toGroup(row, counts.get(row.id) ?? 0)), nextCursor, total };
};

/** @throws {duplicate_name} @throws {limit_reached} */
export const createGroup: Service<"createGroup"> = (call, { name, categoryId = null }) =>
  call.transaction(async (transaction) => {
    const { institutionId } = call.actor;
    await transaction.lock(groupsLock(institutionId));
    if (categoryId !== null) await requireCategory(transaction, institutionId, categoryId);
    const others = await transaction.groups.list({ institutionId, deletedAt: null });
    const nameKey = compareKey(name);
    if (others.some((other) => other.nameKey === nameKey)) throw new ApiProblem("duplicate_name");
    if (others.length >= MAX_GROUPS) throw new ApiProblem("limit_reached");
    const group = {
      id: call.ports.random.uuid(),
      institutionId,
      categoryId,
      name,
      nameKey,
      sortOrder: Math.max(0, ...others.map((other) => other.sortOrder)) + 1,
      version: 1,
      deletedAt: null,
    };
    await transaction.groups.insert(group);
    await call.audit(transaction, {
      action: "group.created",
      result: "ok",
      targetType: "group",
      targetId: group.id,
      details: { name, categoryId },
    });
    return toGroup(group, 0);
  });

/** Assigns and unassigns patients, all or nothing. @throws {not_linked} */
export const changeGroupMembers: Service<"changeGroupMembers"> = (call, { groupId, add, remove }) =>
  call.transaction(async (transaction) => {
    const { institutionId } = call.actor;
    await transaction.lock(groupsLock(institutionId));
    const [group] = await requireGroups(transaction, institutionId, new Set([groupId]));
    if (!group) throw new ApiProblem("not_found");
    const adding = new Set<string>(add);
    const links = await findLinks(transaction, institutionId, new Set<string>([...add, ...remove]));
    if (links.some((link) => adding.has(link.patientId) && link.status !== "linked"))
      throw new ApiProblem("not_linked");

    const { added, removed } = await moveMembers(
      call,
      transaction,
      links.map((link) =>
        adding.has(link.patientId)
          ? { link, add: [groupId], remove: [] }
          : { link, add: [], remove: [groupId] },
      ),
    );
    await call.audit(transaction, {
      action: "group.members_changed",
      result: "ok",
      targetType: "group",
      targetId: groupId,
      details: { added: added.map((row) => row.patientId), removed: removed.map((row) => row.patientId) },
    });
    const memberCount = await transaction.memberships.count({ institutionId, groupId, removedAt: null });
    return { added: added.length, removed: removed.length, group: toGroup(group, memberCount) };
  });

/** The links of patients that this institution knows. @throws {not_found} when it does not know one of them */
async function findLinks(
  transaction: Transaction,
  institutionId: string,
  patientIds: ReadonlySet<string>,
): Promise<PatientLinkRecord[]> {
  const found = await transaction.patientLinks.list({ institutionId, patientId: { in: [...patientIds] } });
  if (found.length !== patientIds.size) throw new ApiProblem("not_found");
  return found;
}
