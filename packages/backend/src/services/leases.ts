import type { Clock } from "../ports/clock.ts";
import type { Ports } from "../ports/index.ts";
import type { Transaction } from "../ports/store.ts";

export interface Lease {
  /** Of the work, e.g. `work:sweep`. */
  readonly name: string;
  /** Which instance asks. */
  readonly holder: string;
  /** Nobody else begins the work for so long. */
  readonly forMs: number;
}

/**
 * Takes a piece of work for one of several instances; false when somebody took it within its time. A lease says who works, not
 * more: one that works for longer than it took, or whose clock is wrong, may meet another, so the work itself has to bear that.
 */
export async function takeLease(
  { clock }: { readonly clock: Clock },
  transaction: Transaction,
  { name, holder, forMs }: Lease,
): Promise<boolean> {
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + forMs);
  if (await transaction.leases.insertIfAbsent({ name, holder, expiresAt })) return true;
  const over = { before: new Date(now.getTime() + 1) };
  return (await transaction.leases.update({ name, expiresAt: over }, { holder, expiresAt })) === 1;
}

/** Does the work when the lease can be had, and says whether it did. Work that failed is free again at once. */
export async function underLease(
  { store, clock }: Pick<Ports, "store" | "clock">,
  lease: Lease,
  work: () => Promise<unknown>,
): Promise<boolean> {
  if (!(await store.transaction((transaction) => takeLease({ clock }, transaction, lease)))) return false;
  try {
    await work();
  } catch (error) {
    const { name, holder } = lease;
    await store.transaction((transaction) => transaction.leases.delete({ name, holder }));
    throw error;
  }
  return true;
}
