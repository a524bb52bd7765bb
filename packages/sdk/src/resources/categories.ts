import {
  createCategory,
  deleteCategory,
  listCategories,
  orderCategories,
  updateCategory,
} from "@welby/contract/operations/categories";
import type { CategoriesResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** Headings over groups. */
export const resource = ({ call, pages }: Caller): Loaded<CategoriesResource> => ({
  list: (input, options) => pages(listCategories, input, options),
  create: (input, options) => call(createCategory, input, options),
  update: (input, options) => call(updateCategory, input, options),
  delete: (input, options) => call(deleteCategory, input, options),
  order: (categoryIds, options) => call(orderCategories, { categoryIds }, options),
});
