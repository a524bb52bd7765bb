import { compareKey } from "@welby/text";
import type { GroupRecord } from "../ports/records.ts";
import { versionConflict } from "./conflict.ts";
import {
  assertNameIsFree,
  countedGroup,
  endMemberships,
  groupsLock,
  requireCategory,
  requireGroup,
} from "./group-rows.ts";
import { lockedChange } from "./locked-change.ts";
import type { Service } from "./service.ts";

type Changeable = Pick<GroupRecord, "name" | "categoryId" | "sortOrder">;

/** Renames a group or moves it; a change to what it already is moves no version. @throws {duplicate_name} @throws {version_conflict} */
export const updateGroup: Service<"updateGroup"> = (call, { groupId, version, ...wish }) => {
  const { institutionId, accountId } = call.actor;
  const change = { lock: groupsLock(institutionId), action: "group.updated" };
  return lockedChange(call, change, async (transaction) => {
    const group = await requireGroup(transaction, institutionId, groupId);
    if (group.version !== version) throw await versionConflict(transaction, [group]);
    if (typeof wish.categoryId === "string")
      await requireCategory(transaction, institutionId, wish.categoryId);
    const { from, to } = difference(group, wish);
    const nameKey = compareKey(to.name ?? group.name);
    const others = await transaction.groups.list({ institutionId, deletedAt: null, id: { not: groupId } });
    assertNameIsFree(others, nameKey);

    const moved = Object.keys(to).length > 0;
    const after: GroupRecord = moved
      ? {
          ...group,
          ...to,
          nameKey,
          version: version + 1,
          changedBy: accountId,
          changedAt: call.ports.clock.now(),
        }
      : group;
    await transaction.groups.update({ id: groupId }, after);
    await call.audit(transaction, {
      action: "group.updated",
      result: "ok",
      targetType: "group",
      targetId: groupId,
      details: { from, to },
    });
    return countedGroup(call, transaction, after);
  });
};

/** Deletes a group: its memberships end and stay as history, its patients stay as they are. @throws {version_conflict} */
export const deleteGroup: Service<"deleteGroup"> = (call, { groupId, version }) => {
  const { institutionId, accountId } = call.actor;
  const change = { lock: groupsLock(institutionId), action: "group.deleted" };
  return lockedChange(call, change, async (transaction) => {
    const group = await requireGroup(transaction, institutionId, groupId);
    if (group.version !== version) throw await versionConflict(transaction, [group]);
    const members = await endMemberships(call, transaction, groupId);
    const now = call.ports.clock.now();
    const deleted = { version: version + 1, changedBy: accountId, changedAt: now, deletedAt: now };
    await transaction.groups.update({ id: groupId }, deleted);
    await call.audit(transaction, {
      action: "group.deleted",
      result: "ok",
      targetType: "group",
      targetId: groupId,
      details: { name: group.name, members },
    });
    return undefined;
  });
};

/** What really changes, before and after. */
function difference(
  group: GroupRecord,
  wish: { readonly [K in keyof Changeable]?: Changeable[K] | undefined },
): { from: Partial<Changeable>; to: Partial<Changeable> } {
  const from: Partial<Changeable> = {};
  const to: Partial<Changeable> = {};
  const compare = <K extends keyof Changeable>(key: K) => {
    const wanted = wish[key];
    if (wanted === undefined || wanted === group[key]) return;
    from[key] = group[key];
    to[key] = wanted;
  };
  compare("name");
  compare("categoryId");
  compare("sortOrder");
  return { from, to };
}
