import type { CategoryId, GroupCategory } from "@welby/contract/schemas";
import type { CategoryRecord } from "../ports/records.ts";
import { pageOf } from "./list-page.ts";
import type { Service } from "./service.ts";

/** The headings over groups, in their order. */
export const listCategories: Service<"listCategories"> = async (call, input) => {
  const { institutionId } = call.actor;
  const all = await call.transaction((transaction) =>
    transaction.categories.list({ institutionId }, { orderBy: ["sortOrder"] }),
  );
  const { rows, nextCursor, total } = await pageOf(call, input, { rows: all });
  return { items: rows.map(toCategory), nextCursor, total };
};

function toCategory({ id, name, sortOrder, version }: CategoryRecord): GroupCategory {
  return { id: id as CategoryId, name, sortOrder, version };
}
