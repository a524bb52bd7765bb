import type { PatientRow } from "@welby/contract/schemas";
import { createWorld, deskOf, type World, type WorldOptions } from "./world.ts";

/** A world with an administrator signed in and the demo hospital's rows at hand. */
export interface Hospital extends World {
  /** 佐藤 和子 twice, told apart by reading, birth date and number. */
  readonly patients: readonly [kazuko: PatientRow, wako: PatientRow];
  readonly groupIds: ReadonlyMap<string, string>;
  /** The same change by another administrator, just before the next call of an operation. */
  quicker(
    operation: "createGroup" | "putPatientGroups",
    change: (other: World["client"]) => Promise<unknown>,
  ): void;
}

export async function createHospital(options: WorldOptions = {}): Promise<Hospital> {
  const world = await createWorld({ as: "admin", ...options });
  const { mock, client } = world;
  const [groups, { items }] = await Promise.all([
    client.groups.list({ limit: 200 }),
    client.patients.search({ query: "佐藤 和子" }),
  ]);
  return {
    ...world,
    patients: items as unknown as [PatientRow, PatientRow],
    groupIds: new Map(groups.items.map(({ name, id }) => [name, id])),
    quicker(operation, change) {
      mock.faults.next(operation, {
        kind: "meanwhile",
        run: async () => void (await change(await deskOf(mock, "otherAdmin"))),
      });
    },
  };
}

/** Names that a careless page would run, turn around or let overflow; longer ones than these are refused. */
export const HOSTILE_NAMES = [
  "<img src=x onerror=alert(1)>",
  "\u202Eesrever\u2069\u202E",
  "'); DROP TABLE groups;--",
  "長".repeat(50),
];
