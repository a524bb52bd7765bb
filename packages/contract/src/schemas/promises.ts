import * as z from "zod/mini";
import { openEnum, plainDate } from "./primitives.ts";

const bilingual = z.object({ ja: z.string(), en: z.string() });

/** Somebody who keeps a promise: this software, whoever runs it, or Welby as an organisation. */
export const keeper = z.object({
  keeper: openEnum(["software", "operator", "welby"]),
  how: bilingual,
  /** Ids that stand in the names of the tests that show it. */
  tests: z.array(z.string()),
});

/** The security white paper in this project's own words. */
export const promises = z.object({
  source: z.object({
    title: bilingual,
    version: z.string(),
    publishedOn: plainDate,
    publisher: bilingual,
  }),
  clauses: z.array(
    z.object({
      clause: z.int(),
      title: bilingual,
      promises: z.array(z.object({ id: z.string(), text: bilingual, keepers: z.array(keeper) })),
    }),
  ),
});

export type Promises = z.output<typeof promises>;
