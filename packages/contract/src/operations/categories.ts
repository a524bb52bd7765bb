import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import {
  categoryInput,
  categoryOrder,
  categoryOrderInput,
  categoryPage,
  groupCategory,
} from "../schemas/group.ts";
import { categoryId } from "../schemas/ids.ts";
import { pageQuery } from "../schemas/primitives.ts";

const shared = { tag: "categories", authentication: "access" } as const;

export const listCategories = defineOperation({
  ...shared,
  id: "listCategories",
  method: "GET",
  path: "/v1/categories",
  summary: "The categories of the institution in their order",
  safe: true,
  paginated: true,
  query: z.strictObject(pageQuery),
  result: categoryPage,
  success: 200,
});

export const createCategory = defineOperation({
  ...shared,
  id: "createCategory",
  method: "POST",
  path: "/v1/categories",
  summary: "カテゴリーを追加する: create a heading over groups",
  idempotency: "required",
  etag: true,
  audit: "category.created",
  body: categoryInput,
  result: groupCategory,
  success: 201,
  errors: ["duplicate_name", "limit_reached"],
});

export const updateCategory = defineOperation({
  ...shared,
  id: "updateCategory",
  method: "PATCH",
  path: "/v1/categories/{categoryId}",
  summary: "Rename a category",
  idempotency: "optional",
  ifMatch: true,
  etag: true,
  audit: "category.updated",
  params: z.strictObject({ categoryId }),
  body: categoryInput,
  result: groupCategory,
  success: 200,
  errors: ["duplicate_name", "version_conflict"],
});

export const deleteCategory = defineOperation({
  ...shared,
  id: "deleteCategory",
  method: "DELETE",
  path: "/v1/categories/{categoryId}",
  summary: "Delete a category; its groups stay, without one",
  stepUp: true,
  idempotency: "optional",
  ifMatch: true,
  audit: "category.deleted",
  params: z.strictObject({ categoryId }),
  success: 204,
  errors: ["version_conflict"],
});

export const orderCategories = defineOperation({
  ...shared,
  id: "orderCategories",
  method: "PUT",
  path: "/v1/categories/order",
  summary: "Put all categories into an order; the list has to name each of them once",
  idempotency: "optional",
  audit: "category.reordered",
  body: categoryOrderInput,
  result: categoryOrder,
  success: 200,
  // Somebody added or deleted one meanwhile.
  errors: ["version_conflict"],
});
