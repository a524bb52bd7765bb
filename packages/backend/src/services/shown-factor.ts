import type { Operations, ParsedInputOf } from "@welby/contract";
import type { Amr } from "../domain/amr.ts";
import type { Transaction } from "../ports/store.ts";

/** What somebody shows as a second factor, with the challenge that asked for it. */
export type ShownInput = ParsedInputOf<Operations["verifyMfa"]>;

/** A second factor that was found right. */
export interface ShownFactor {
  readonly amr: readonly Amr[];
  /** Marks it as used, so that it is right once only. */
  use(): Promise<unknown>;
}

/**
 * Judges what was shown, under the account's lock and against the rows of that moment.
 * Whatever takes its time (hashing, signatures) was done before.
 */
export type Judge = (transaction: Transaction, now: Date) => Promise<ShownFactor | undefined>;
