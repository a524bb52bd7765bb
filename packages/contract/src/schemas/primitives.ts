import * as z from "zod/mini";

/** An instant, RFC 3339 with an offset; the API always answers `+09:00`. */
export const instant = z.iso.datetime({ offset: true });

/** A calendar date `YYYY-MM-DD` without a time zone. Never pass it through a UTC `Date`. */
export const plainDate = z.iso.date();

/** Counts up with each change; travels as `ETag` and `If-Match`. */
export const version = z.int().check(z.minimum(1));

/**
 * Known values that may grow: a value that this version does not know survives as it came.
 * Written as a union, so that a strict check of our own answers can refuse the second branch.
 */
export function openEnum<const V extends readonly [string, ...string[]]>(values: V) {
  return z.union([z.enum(values), z.string().brand<"unknown">()]);
}

/** One page of a list. `total` counts all rows that match; `nextCursor` is null on the last page. */
export function page<S extends z.ZodMiniType>(item: S) {
  return z.object({
    items: z.array(item),
    nextCursor: z.nullable(z.string()),
    total: z.int().check(z.minimum(0)),
  });
}

export const pageQuery = {
  limit: z.optional(z.coerce.number<number>().check(z.int(), z.minimum(1), z.maximum(200))),
  cursor: z.optional(z.string().check(z.maxLength(512))),
};
