import type { Log } from "../log.ts";
import type { Ports } from "../ports/index.ts";
import { purgeAudit } from "./audit-retention.ts";
import { sealAudit } from "./audit-sealer.ts";
import { checkClock } from "./clock-skew.ts";
import { underLease } from "./leases.ts";
import { sweep } from "./sweep.ts";
import { tendIncidents } from "./tend-incidents.ts";

/** Work that has to be done again and again, whether anybody calls or not. */
export interface ScheduledWork {
  readonly name: string;
  /** Call `run` so often. */
  readonly everyMs: number;
  /** Any number of instances may call it at any time. */
  readonly run: () => Promise<void>;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What is done by one instance of many, each so often. */
const SHARED: readonly {
  name: string;
  everyMs: number;
  work: (ports: Ports, log: Log) => Promise<unknown>;
}[] = [
  { name: "sweep", everyMs: 10 * MINUTE, work: sweep },
  { name: "incidents", everyMs: MINUTE, work: tendIncidents },
  { name: "audit-purge", everyMs: 60 * MINUTE, work: purgeAudit },
];

/** The scheduled work of this instance. */
export function scheduledWork(ports: Ports, log: Log): ScheduledWork[] {
  const holder = ports.random.uuid();
  const shared = SHARED.map(({ name, everyMs, work }) => ({
    name,
    everyMs,
    run: async () => {
      await underLease(ports, { name: `work:${name}`, holder, forMs: everyMs }, () => work(ports, log));
    },
  }));
  return [
    ...shared,
    { name: "clock", everyMs: MINUTE, run: () => checkClock(ports, holder) },
    // The sealer's lock is its lease.
    { name: "audit-seal", everyMs: SECOND, run: async () => void (await sealAudit(ports)) },
  ];
}
