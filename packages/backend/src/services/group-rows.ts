import type { CategoryId, GroupId, PatientGroup } from "@welby/contract/schemas";
import { ApiProblem } from "../domain/api-problem.ts";
import type { GroupRecord, MembershipRecord, PatientLinkRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import type { ClinicCall } from "./service.ts";

/** Serialises what creates groups and moves patients in and out of them in one institution. */
export const groupsLock = (institutionId: string) => `groups:${institutionId}`;

export function toGroup(
  { id, categoryId, name, sortOrder, version }: GroupRecord,
  memberCount: number,
): PatientGroup {
  return {
    id: id as GroupId,
    categoryId: categoryId as CategoryId | null,
    name,
    memberCount,
    sortOrder,
    version,
  };
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

/** @throws {not_found} for a missing and another institution's category alike */
export async function requireCategory(
  transaction: Transaction,
  institutionId: string,
  id: string,
): Promise<void> {
  if (!(await transaction.categories.get({ id, institutionId }))) throw new ApiProblem("not_found");
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
  const links = moves.map((move) => move.link).filter((link) => changed.has(link.patientId));
  for (const version of new Set(links.map((link) => link.version))) {
    const id = { in: links.filter((link) => link.version === version).map((link) => link.id) };
    await transaction.patientLinks.update(
      { id },
      { version: version + 1, changedBy: accountId, changedAt: now },
    );
  }
  return { added, removed };
}
