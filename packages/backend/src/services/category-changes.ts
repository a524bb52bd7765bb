import { compareKey } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import type { CategoryRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { toCategory } from "./categories.ts";
import { versionConflict } from "./conflict.ts";
import { assertNameIsFree, groupsLock, requireCategory } from "./group-rows.ts";
import { lockedChange } from "./locked-change.ts";
import type { ClinicCall, Service } from "./service.ts";

const MAX_CATEGORIES = 100;

/** カテゴリーを追加する. @throws {duplicate_name} @throws {limit_reached} */
export const createCategory: Service<"createCategory"> = (call, { name }) =>
  change(call, "category.created", async (transaction) => {
    const { institutionId, role } = call.actor;
    const others = await openCategories(transaction, institutionId);
    const nameKey = compareKey(name);
    assertNameIsFree(others, nameKey);
    if (others.length >= MAX_CATEGORIES) throw new ApiProblem("limit_reached");
    const category: CategoryRecord = {
      id: call.ports.random.uuid(),
      institutionId,
      name,
      nameKey,
      sortOrder: Math.max(0, ...others.map((other) => other.sortOrder)) + 1,
      version: 1,
      ...byNow(call),
      deletedAt: null,
    };
    await transaction.categories.insert(category);
    await call.audit(transaction, { ...event("category.created", category.id), details: { name } });
    return toCategory(category, role);
  });

/** @throws {duplicate_name} @throws {version_conflict} */
export const updateCategory: Service<"updateCategory"> = (call, { categoryId, version, name }) =>
  change(call, "category.updated", async (transaction) => {
    const { institutionId, role } = call.actor;
    const category = await requireVersion(transaction, institutionId, categoryId, version);
    const nameKey = compareKey(name);
    const others = await openCategories(transaction, institutionId);
    assertNameIsFree(
      others.filter((other) => other.id !== categoryId),
      nameKey,
    );
    const after =
      name === category.name
        ? category
        : { ...category, name, nameKey, version: version + 1, ...byNow(call) };
    await transaction.categories.update({ id: categoryId }, after);
    const details = { from: { name: category.name }, to: { name } };
    await call.audit(transaction, { ...event("category.updated", categoryId), details });
    return toCategory(after, role);
  });

/** Deletes a category; its groups stay, without one. @throws {version_conflict} */
export const deleteCategory: Service<"deleteCategory"> = (call, { categoryId, version }) =>
  change(call, "category.deleted", async (transaction) => {
    const { institutionId } = call.actor;
    const category = await requireVersion(transaction, institutionId, categoryId, version);
    const groups = await transaction.groups.list({ institutionId, categoryId, deletedAt: null });
    for (const group of groups) {
      const without = { categoryId: null, version: group.version + 1, ...byNow(call) };
      await transaction.groups.update({ id: group.id }, without);
    }
    const deleted = { version: version + 1, ...byNow(call), deletedAt: call.ports.clock.now() };
    await transaction.categories.update({ id: categoryId }, deleted);
    const details = { name: category.name, groupIds: groups.map((group) => group.id) };
    await call.audit(transaction, { ...event("category.deleted", categoryId), details });
    return undefined;
  });

/**
 * Puts the categories into an order. The list names each of them once; one that somebody added or deleted meanwhile
 * makes it a list of another time. @throws {version_conflict}
 */
export const orderCategories: Service<"orderCategories"> = (call, { categoryIds }) =>
  change(call, "category.reordered", async (transaction) => {
    const { institutionId, role } = call.actor;
    const before = await openCategories(transaction, institutionId);
    const byId = new Map<string, CategoryRecord>(before.map((category) => [category.id, category]));
    const wanted = new Set<string>(categoryIds);
    const isPermutation =
      categoryIds.length === before.length && before.every((category) => wanted.has(category.id));
    if (!isPermutation) {
      const missing = before.filter((category) => !wanted.has(category.id));
      throw await versionConflict(transaction, missing);
    }
    const after: CategoryRecord[] = [];
    for (const [index, id] of categoryIds.entries()) {
      const category = byId.get(id) as CategoryRecord;
      const sortOrder = index + 1;
      if (category.sortOrder === sortOrder) {
        after.push(category);
        continue;
      }
      const moved = { ...category, sortOrder, version: category.version + 1, ...byNow(call) };
      await transaction.categories.update({ id }, moved);
      after.push(moved);
    }
    await call.audit(transaction, {
      action: "category.reordered",
      result: "ok",
      details: { categoryIds: [...categoryIds] },
    });
    return { items: after.map((category) => toCategory(category, role)) };
  });

/** Under the lock of the groups: they refer to categories. */
function change<T>(
  call: ClinicCall,
  action: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return lockedChange(call, { lock: groupsLock(call.actor.institutionId), action }, work);
}

function openCategories(transaction: Transaction, institutionId: string): Promise<CategoryRecord[]> {
  return transaction.categories.list({ institutionId, deletedAt: null }, { orderBy: ["sortOrder"] });
}

async function requireVersion(
  transaction: Transaction,
  institutionId: string,
  id: string,
  version: number,
): Promise<CategoryRecord> {
  const category = await requireCategory(transaction, institutionId, id);
  if (category.version !== version) throw await versionConflict(transaction, [category]);
  return category;
}

const byNow = (call: ClinicCall) => ({
  changedBy: call.actor.accountId,
  changedAt: call.ports.clock.now(),
});

const event = (action: string, targetId: string) =>
  ({ action, result: "ok", targetType: "category", targetId }) as const;
