import { checkName, isKana } from "@welby/text";
import * as z from "zod/mini";

/**
 * A name that a person typed, kept exactly so: 1 to `max` graphemes, no control, bidi or zero-width-only text.
 * The reason for a refusal travels as `params.reason`.
 */
export function typedName(max: number) {
  const limit = max * 20;
  return z.string().check(
    z.maxLength(limit),
    z.check((context) => {
      // Nothing long reaches the segmenter. `maxLength` counts code points, so only twice its limit in UTF-16 units
      // is certain to have been refused by it.
      if (context.value.length > limit * 2) return;
      const checked = checkName(context.value, { max });
      if (!checked.ok)
        context.issues.push({ code: "custom", input: context.value, params: { reason: checked.problem } });
    }),
  );
}

const namePart = typedName(50);

const LATIN = /^\p{Script=Latin}[\p{Script=Latin}\p{Mark}\s.'’-]*$/u;

/** フリガナ: kana of any width, or Latin letters for a name that has no kana. Lists sort by it, and kanji have no order there (J-11). */
const reading = namePart.check(
  z.check((context) => {
    if (isKana(context.value) || LATIN.test(context.value)) return;
    context.issues.push({ code: "custom", input: context.value, params: { reason: "not_kana" } });
  }),
);

/** 姓・名 as typed with their readings; required when a person is added. */
export const nameInput = z.strictObject({
  family: namePart,
  given: namePart,
  familyKana: z.optional(reading),
  givenKana: z.optional(reading),
});

/** A person's name as stored, byte for byte. `text` always holds the whole name; parts only where they can be split. */
export const personName = z.object({
  text: z.string(),
  kana: z.optional(z.string()),
  family: z.optional(z.string()),
  given: z.optional(z.string()),
  familyKana: z.optional(z.string()),
  givenKana: z.optional(z.string()),
});

export type NameInput = z.output<typeof nameInput>;
export type PersonName = z.output<typeof personName>;
