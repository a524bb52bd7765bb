import type { CategoriesResource } from "../types.ts";
import { list, type Caller } from "./call.ts";

const load = () => import("@welby/contract/operations/categories");

/** Headings over groups. */
export const createCategories = (caller: Caller): CategoriesResource => ({
  list: (input, options) => list(caller, load, "listCategories", input, options),
});
