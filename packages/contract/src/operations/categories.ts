import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { categoryPage } from "../schemas/group.ts";
import { pageQuery } from "../schemas/primitives.ts";

export const listCategories = defineOperation({
  id: "listCategories",
  method: "GET",
  path: "/v1/categories",
  summary: "The categories of the institution in their order",
  tag: "categories",
  authentication: "access",
  safe: true,
  paginated: true,
  query: z.strictObject(pageQuery),
  result: categoryPage,
  success: 200,
});
