import { compareKey } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import type { PatientLinkRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import {
  assertNameIsFree,
  countedGroup,
  groupsLock,
  moveMembers,
  requireCategory,
  requireGroup,
  toGroup,
} from "./group-rows.ts";
import { pageOf } from "./list-page.ts";
import { lockedChange } from "./locked-change.ts";
import type { Service } from "./service.ts";

const MAX_GROUPS = 200;

/** The groups of the institution in their order, each with the number of its members. */
export const listGroups: Service<"listGroups"> = async (call, input) => {
  const { institutionId, role } = call.actor;
  const { all, counts } = await call.transaction(async (transaction) => ({
    all: await transaction.groups.list({ institutionId }, { orderBy: ["sortOrder"] }),
    counts: await transaction.memberCounts(institutionId),
  }));
  const { rows, nextCursor, total } = await pageOf(call, input, {
    rows: all,
    shown: (row) => row.deletedAt === null,
  });
  return { items: rows.map((row) => toGroup(row, counts.get(row.id) ?? 0, role)), nextCursor, total };
};

export const getGroup: Service<"getGroup"> = (call, { groupId }) =>
  call.transaction(async (transaction) =>
    countedGroup(call, transaction, await requireGroup(transaction, call.actor.institutionId, groupId)),
  );

/** @throws {duplicate_name} @throws {limit_reached} */
export const createGroup: Service<"createGroup"> = (call, { name, categoryId = null }) => {
  const { institutionId, accountId, role } = call.actor;
  const change = { lock: groupsLock(institutionId), action: "group.created" };
  return lockedChange(call, change, async (transaction) => {
    if (categoryId !== null) await requireCategory(transaction, institutionId, categoryId);
    const others = await transaction.groups.list({ institutionId, deletedAt: null });
    const nameKey = compareKey(name);
    assertNameIsFree(others, nameKey);
    if (others.length >= MAX_GROUPS) throw new ApiProblem("limit_reached");
    const group = {
      id: call.ports.random.uuid(),
      institutionId,
      categoryId,
      name,
      nameKey,
      sortOrder: Math.max(0, ...others.map((other) => other.sortOrder)) + 1,
      version: 1,
      changedBy: accountId,
      changedAt: call.ports.clock.now(),
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
    return toGroup(group, 0, role);
  });
};

/** Assigns and unassigns patients, all or nothing. @throws {not_linked} */
export const changeGroupMembers: Service<"changeGroupMembers"> = (call, { groupId, add, remove }) => {
  const { institutionId } = call.actor;
  const change = { lock: groupsLock(institutionId), action: "group.members_changed" };
  return lockedChange(call, change, async (transaction) => {
    const group = await requireGroup(transaction, institutionId, groupId);
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
    const counted = await countedGroup(call, transaction, group);
    return { added: added.length, removed: removed.length, group: counted };
  });
};

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
