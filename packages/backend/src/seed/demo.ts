import type { Clock } from "../ports/clock.ts";
import type { Hasher } from "../ports/hasher.ts";
import { webRandom, type Random } from "../ports/random.ts";
import type { Store } from "../ports/store.ts";
import { institutions, partnerClients, type PortalPlace } from "./institutions.ts";
import { demoIncidents } from "./incidents.ts";
import { demoNotices } from "./notices.ts";
import { demoRows } from "./rows.ts";
import { demoPassword, demoSignIns, demoTotp, type DemoSignIn } from "./sign-ins.ts";

export interface SeedDemoOptions extends Partial<PortalPlace> {
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly random?: Random;
}

export interface SeededDemo {
  /** False when the store already held the demo; then only the clients' origins and urls were brought up to date. */
  readonly seeded: boolean;
  readonly signIns: readonly DemoSignIn[];
  readonly totp: typeof demoTotp;
}

/**
 * Fills a store with the Japanese demo data; does nothing to a store that has it, except that the partner clients follow the portal.
 * @example await seedDemo(store, { clock: systemClock, hasher, portalOrigins: ["http://localhost:8080"] });
 */
export async function seedDemo(store: Store, options: SeedDemoOptions): Promise<SeededDemo> {
  const { clock, hasher, random = webRandom, portalOrigins = ["http://localhost:8080"], urls } = options;
  const clients = partnerClients({ portalOrigins, ...(urls && { urls }) });
  const isSeeded = async () =>
    store.transaction(async (tx) => (await tx.institutions.count({ id: institutions.minato.id })) > 0);

  // Hashed outside the transaction: argon2 takes its time, and the work of a transaction may run twice.
  const hashes = (await isSeeded())
    ? undefined
    : { password: await hasher.hash(demoPassword), initial: await hasher.hash(hex(random.bytes(32))) };
  const seeded = await store.transaction(async (tx) => {
    await tx.lock("seed:demo");
    for (const client of clients) {
      if (!(await tx.partnerClients.insertIfAbsent(client))) {
        const { allowedOrigins, rpId, urls } = client;
        await tx.partnerClients.update({ clientId: client.clientId }, { allowedOrigins, rpId, urls });
      }
    }
    if (!hashes || (await tx.institutions.count({ id: institutions.minato.id })) > 0) return false;
    const rows = demoRows(clock.now(), hashes);
    await tx.institutions.insertMany(Object.values(institutions));
    await tx.accounts.insertMany(rows.accounts);
    await tx.factors.insertMany(rows.factors);
    await tx.loginIds.insertMany(rows.loginIds);
    await tx.staff.insertMany(rows.staff);
    await tx.categories.insertMany(rows.categories);
    await tx.groups.insertMany(rows.groups);
    await tx.patients.insertMany(rows.patients);
    await tx.patientLinks.insertMany(rows.patientLinks);
    await tx.memberships.insertMany(rows.memberships);
    await tx.notices.insertMany(demoNotices(clock.now()));
    const { incidents, deliveries } = demoIncidents(clock.now());
    await tx.incidents.insertMany(incidents);
    await tx.incidentDeliveries.insertMany(deliveries);
    for (const row of rows.audit) await tx.audit.insert(row);
    return true;
  });
  return { seeded, signIns: demoSignIns, totp: demoTotp };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
