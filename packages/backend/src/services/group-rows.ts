import type { Role } from "@welby/contract";
import type { CategoryId, GroupId, PatientGroup } from "@welby/contract/schemas";
import { ApiProblem } from "../domain/api-problem.ts";
import type { CategoryRecord, GroupRecord, MembershipRecord, PatientLinkRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { actionFor } from "./row-actions.ts";
import type { ClinicCall } from "./service.ts";

/** Serialises what changes groups and categories and moves patients in and out of groups in one institution. */
export const groupsLock = (institutionId: string) => `groups:${institutionId}`;

/** A row as the API answers it, with what the person who asks can do to it now. */
export function toGroup(
  { id, categoryId, name, sortOrder, version }: GroupRecord,
  memberCount: number,
  role: Role,
): PatientGroup {
  return {
    id: id as GroupId,
    categoryId: categoryId as CategoryId | null,
    name,
    memberCount,
    sortOrder,
    version,
    actions: [
      actionFor(role, "update", "updateGroup"),
      actionFor(role, "change_members", "changeGroupMembers"),
      actionFor(role, "delete", "deleteGroup"),
    ],
  };
}

/** The same with its members counted. */
export async function countedGroup(
  { actor }: ClinicCall,
  transaction: Transaction,
  group: GroupRecord,
): Promise<PatientGroup> {
  const members = { institutionId: group.institutionId, groupId: group.id, removedAt: null };
  return toGroup(group, await transaction.memberships.count(members), actor.role);
}

/** @throws {not_found} when it is missing, deleted or another institution's */
export async function requireGroup(
  transaction: Transaction,
  institutionId: string,
  id: string,
): Promise<GroupRecord> {
  const group = await transaction.groups.get({ id, institutionId, deletedAt: null });
  if (!group) throw new ApiProblem("not_found");
  return group;
}

/** Names are unique in an institution under their compare key. @throws {duplicate_name} */
export function assertNameIsFree(others: readonly { readonly nameKey: string }[], nameKey: string): void {
  if (others.some((other) => other.nameKey === nameKey)) throw new ApiProblem("duplicate_name");
}

/** @throws {not_found} when one is missing, deleted or another institution's */
export async function requireGroups(
  transaction: Transaction,
  institutionId: string,
  ids: ReadonlySet<string>,
): Promise<GroupRecord[]> {
  const groups = await transaction.groups.list({ institutionId, id: { in: [...ids] }, deletedAt: null });
  if (groups.length !== ids.size) throw new ApiProblem("not_found");
  return groups;
}

/** @throws {not_found} for a missing, a deleted and another institution's category alike */
export async function requireCategory(
  transaction: Transaction,
  institutionId: string,
  id: string,
): Promise<CategoryRecord> {
  const category = await transaction.categories.get({ id, institutionId, deletedAt: null });
  if (!category) throw new ApiProblem("not_found");
  return category;
}

/** What shall become of one patient's groups. */
export interface Move {
  readonly link: PatientLinkRecord;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * Puts patients into groups and takes them out of others; ended memberships are kept as history, and the version of
 * each patient whose set changed moves. Answers the rows that really began and ended. The caller holds {@link groupsLock}.
 */
export async function moveMembers(
  call: ClinicCall,
  transaction: Transaction,
  moves: readonly Move[],
): Promise<{ added: MembershipRecord[]; removed: MembershipRecord[] }> {
  const { institutionId, accountId } = call.actor;
  const now = call.ports.clock.now();
  const patientId = { in: moves.map(({ link }) => link.patientId) };
  const open = await transaction.memberships.list({ institutionId, patientId, removedAt: null });
  const isOpen = (one: { groupId: string; patientId: string }) =>
    open.some((row) => row.groupId === one.groupId && row.patientId === one.patientId);

  const removed = open.filter((row) =>
    moves.some(({ link, remove }) => link.patientId === row.patientId && remove.includes(row.groupId)),
  );
  const added = moves
    .flatMap(({ link, add }) => [...new Set(add)].map((groupId) => ({ groupId, patientId: link.patientId })))
    .filter((wish) => !isOpen(wish))
    .map((wish): MembershipRecord => ({
      id: call.ports.random.uuid(),
      institutionId,
      ...wish,
      addedBy: accountId,
      addedAt: now,
      removedBy: null,
      removedAt: null,
    }));
  const ended = { id: { in: removed.map((row) => row.id) }, removedAt: null };
  await transaction.memberships.update(ended, { removedAt: now, removedBy: accountId });
  await transaction.memberships.insertMany(added);

  const changed = new Set([...added, ...removed].map((row) => row.patientId));
  await raiseVersions(
    call,
    transaction,
    moves.map((move) => move.link).filter((link) => changed.has(link.patientId)),
  );
  return { added, removed };
}

/** Ends every membership of a group that goes and says how many there were. The caller holds {@link groupsLock}. */
export async function endMemberships(
  call: ClinicCall,
  transaction: Transaction,
  groupId: string,
): Promise<number> {
  const { institutionId, accountId } = call.actor;
  const open = { institutionId, groupId, removedAt: null };
  const patientId = { in: (await transaction.memberships.list(open)).map((row) => row.patientId) };
  const links = await transaction.patientLinks.list({ institutionId, patientId });
  const ended = { removedAt: call.ports.clock.now(), removedBy: accountId };
  const count = await transaction.memberships.update(open, ended);
  await raiseVersions(call, transaction, links);
  return count;
}

/** One statement for each version that occurs. */
async function raiseVersions(
  call: ClinicCall,
  transaction: Transaction,
  links: readonly PatientLinkRecord[],
): Promise<void> {
  const changed = { changedBy: call.actor.accountId, changedAt: call.ports.clock.now() };
  for (const version of new Set(links.map((link) => link.version))) {
    const id = { in: links.filter((link) => link.version === version).map((link) => link.id) };
    await transaction.patientLinks.update({ id }, { version: version + 1, ...changed });
  }
}
