import * as z from "zod/mini";
import { instant, openEnum } from "./primitives.ts";

/** Rules that a new password has to meet. */
export const passwordPolicy = z.object({
  preset: openEnum(["default", "mhlw-a", "mhlw-c"]),
  /** Code points. */
  minLength: z.int(),
  maxLength: z.int(),
  /** Letters, digits and symbols must all occur (preset `mhlw-a`). */
  mixed: z.boolean(),
  /** Refused when the password contains one of them (service and hospital names). */
  forbiddenWords: z.array(z.string()),
});

export const meta = z.object({
  name: z.string(),
  version: z.string(),
  environment: openEnum(["sandbox", "mock", "production"]),
  /** As configured by the operator; null means "not stated". */
  dataLocation: z.nullable(z.string()),
  serverTime: instant,
  subProcessors: z.array(z.object({ name: z.string(), purpose: z.string(), data: z.array(z.string()) })),
});

export const health = z.object({
  status: openEnum(["ok", "degraded"]),
  checks: z.object({
    database: openEnum(["ok", "failed"]),
    clockSkewMs: z.nullable(z.number()),
    outboxDepth: z.int(),
  }),
});

export type PasswordPolicy = z.output<typeof passwordPolicy>;
export type Meta = z.output<typeof meta>;
export type Health = z.output<typeof health>;
