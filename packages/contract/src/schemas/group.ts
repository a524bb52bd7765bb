import * as z from "zod/mini";
import { categoryId, groupId, patientId } from "./ids.ts";
import { typedName } from "./name.ts";
import { page, version } from "./primitives.ts";
import { rowActionOf } from "./row-action.ts";

export const groupAction = rowActionOf(["update", "change_members", "delete"]);
export const categoryAction = rowActionOf(["update", "delete"]);

/** A label that hospital staff put on patients; it never controls access. */
export const patientGroup = z.object({
  id: groupId,
  categoryId: z.nullable(categoryId),
  name: z.string(),
  memberCount: z.int(),
  sortOrder: z.int(),
  version,
  actions: z.array(groupAction),
});

/** A heading over groups, one level deep. */
export const groupCategory = z.object({
  id: categoryId,
  name: z.string(),
  sortOrder: z.int(),
  version,
  actions: z.array(categoryAction),
});

export const groupPage = page(patientGroup);
export const categoryPage = page(groupCategory);

export const groupInput = z.strictObject({
  name: typedName(50),
  categoryId: z.optional(z.nullable(categoryId)),
});

/** What is left out stays as it is; a category of null takes the group out of its category. */
export const groupChanges = z.strictObject({
  name: z.optional(typedName(50)),
  categoryId: z.optional(z.nullable(categoryId)),
  sortOrder: z.optional(z.int().check(z.minimum(1), z.maximum(1_000_000))),
});

export const categoryInput = z.strictObject({ name: typedName(50) });

/** Every category of the institution, in the order that they shall have. */
export const categoryOrderInput = z.strictObject({
  categoryIds: z.array(categoryId).check(z.maxLength(100)),
});
export const categoryOrder = z.object({ items: z.array(groupCategory) });

/** All or nothing; together at most 200 patients. */
export const membersInput = z
  .strictObject({
    add: z._default(z.array(patientId).check(z.maxLength(200)), []),
    remove: z._default(z.array(patientId).check(z.maxLength(200)), []),
  })
  .check(
    z.check((context) => {
      const { add, remove } = context.value;
      const reason =
        add.length + remove.length === 0
          ? "required"
          : add.length + remove.length > 200
            ? "too_big"
            : add.some((id) => remove.includes(id))
              ? "contradiction"
              : undefined;
      if (reason)
        context.issues.push({ code: "custom", input: undefined, params: { reason }, path: ["add"] });
    }),
  );

/** How many memberships really changed (a patient who was already there does not count). */
export const membersResult = z.object({ added: z.int(), removed: z.int(), group: patientGroup });

export type PatientGroup = z.output<typeof patientGroup>;
export type GroupCategory = z.output<typeof groupCategory>;
