import type { Clock } from "./clock.ts";
import type { Hasher } from "./hasher.ts";
import type { Keys } from "./keys.ts";
import type { Mailer } from "./mailer.ts";
import type { Random } from "./random.ts";
import type { Sms } from "./sms.ts";
import type { Store } from "./store.ts";
import type { Webhooks } from "./webhooks.ts";

export * from "./clock.ts";
export * from "./hasher.ts";
export type * from "./keys.ts";
export type * from "./mailer.ts";
export * from "./random.ts";
export type * from "./records.ts";
export type * from "./sms.ts";
export * from "./storable.ts";
export * from "./store.ts";
export * from "./tables.ts";
export type * from "./webhooks.ts";

/** Everything that the core needs from outside. */
export interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly hasher: Hasher;
  readonly mailer: Mailer;
  readonly sms: Sms;
  readonly webhooks: Webhooks;
  readonly keys: Keys;
}
