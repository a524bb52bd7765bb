import { webRandom, type Ports, type Store, type Transaction } from "../../src/ports/index.ts";
import { staffId } from "../../src/seed/index.ts";
import { seedDemo } from "../../src/seed/index.ts";
import { createMemoryStore } from "../../src/stores/memory/index.ts";
import { clinicCall } from "../../src/testing/clinic-call.ts";
import type { OperationId } from "@welby/contract";

/** Ports for services alone: memory, a clock that a test sets, a hasher that shows what it hashed. */
export interface ServicePorts extends Ports {
  readonly hashed: string[];
  nowMs: number;
}

export async function servicePorts(store: Store = createMemoryStore()): Promise<ServicePorts> {
  const key = await crypto.subtle.importKey(
    "raw",
    new Uint8Array(32),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign", "verify"],
  );
  const hashed: string[] = [];
  const ports: ServicePorts = {
    hashed,
    nowMs: Date.parse("2026-11-23T09:00:00+09:00"),
    store,
    clock: { now: () => new Date(ports.nowMs) },
    random: webRandom,
    hasher: {
      hash: async (password) => `$test$${hashed.push(password)}`,
      verify: async () => false,
      needsRehash: () => false,
    },
    mailer: { send: async () => undefined },
    sms: { send: async () => undefined },
    webhooks: { send: async () => ({ status: 204 }) },
    keys: {
      signing: () => Promise.reject(new Error("not needed here")),
      jwks: async () => ({ keys: [] }),
      mac: async () => key,
      macs: async () => [key],
    },
  };
  return ports;
}

/** The demo's people, ready to call services. */
export async function demoPorts(): Promise<ServicePorts> {
  const ports = await servicePorts();
  await seedDemo(ports.store, ports);
  ports.hashed.length = 0;
  return ports;
}

export const suzuki = staffId("suzuki@minato.example.jp");
export const tanaka = staffId("tanaka@minato.example.jp");
export const takahashi = staffId("takahashi@minato.example.jp");
export const yamasaki = staffId("yamasaki@sakura.example.jp");

export const as = (ports: Ports, staff: string, operationId: OperationId) =>
  clinicCall(ports, staff, operationId);
export const read = <T>(ports: Ports, work: (tx: Transaction) => Promise<T>) => ports.store.transaction(work);

/** The same store with an audit log that cannot be written. */
export function withoutAudit(ports: Ports): Ports {
  const broken: Store = {
    ...ports.store,
    transaction: (work) =>
      ports.store.transaction((tx) =>
        work({
          ...tx,
          audit: { ...tx.audit, insert: () => Promise.reject(new Error("the audit log is full")) },
        }),
      ),
  };
  return { ...ports, store: broken };
}

/** Everything in the store, to see that nothing changed. */
export async function dump(ports: Ports): Promise<string> {
  const { tables } = await import("../../src/ports/tables.ts");
  return read(ports, async (tx) => {
    const all: Record<string, unknown> = {};
    for (const name of Object.keys(tables) as (keyof typeof tables)[])
      all[name] = await (tx[name] as Transaction["groups"]).list({});
    return JSON.stringify(all);
  });
}
