import * as z from "zod/mini";
import { categoryId, groupId, patientId } from "./ids.ts";
import { typedName } from "./name.ts";
import { page, version } from "./primitives.ts";

/** A label that hospital staff put on patients; it never controls access. */
export const patientGroup = z.object({
  id: groupId,
  categoryId: z.nullable(categoryId),
  name: z.string(),
  memberCount: z.int(),
  sortOrder: z.int(),
  version,
});

/** A heading over groups, one level deep. */
export const groupCategory = z.object({
  id: categoryId,
  name: z.string(),
  sortOrder: z.int(),
  version,
});

export const groupPage = page(patientGroup);
export const categoryPage = page(groupCategory);

export const groupInput = z.strictObject({
  name: typedName(50),
  categoryId: z.optional(z.nullable(categoryId)),
});

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
