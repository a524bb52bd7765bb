import type { Role } from "@welby/contract";
import type { CategoryId, GroupCategory } from "@welby/contract/schemas";
import type { CategoryRecord } from "../ports/records.ts";
import { pageOf } from "./list-page.ts";
import { actionFor } from "./row-actions.ts";
import type { Service } from "./service.ts";

/** The headings over groups, in their order. */
export const listCategories: Service<"listCategories"> = async (call, input) => {
  const { institutionId, role } = call.actor;
  const all = await call.transaction((transaction) =>
    transaction.categories.list({ institutionId }, { orderBy: ["sortOrder"] }),
  );
  const { rows, nextCursor, total } = await pageOf(call, input, {
    rows: all,
    shown: (row) => row.deletedAt === null,
  });
  return { items: rows.map((row) => toCategory(row, role)), nextCursor, total };
};

/** A row as the API answers it, with what the person who asks can do to it now. */
export function toCategory({ id, name, sortOrder, version }: CategoryRecord, role: Role): GroupCategory {
  return {
    id: id as CategoryId,
    name,
    sortOrder,
    version,
    actions: [actionFor(role, "update", "updateCategory"), actionFor(role, "delete", "deleteCategory")],
  };
}
