import type { PatientGroup, PatientRow } from "../../internal/api-types.ts";
import type { WelbyClient } from "@welby/sdk";
import { AttemptKey } from "../../internal/attempt-key.ts";
import type { Failure } from "../../internal/failure.ts";
import { remaining } from "./membership.ts";
import type { GroupChange, Ground, Wishes } from "./membership.ts";

/** Who was quicker, and what the set was before. */
export interface AssignmentConflict {
  readonly changedBy: string | null;
  readonly changedAt: string | null;
  readonly before: ReadonlySet<string>;
}

/** A group whose change was refused. */
export interface FailedChange {
  readonly groupId: string;
  readonly failure: Failure;
}

/**
 * One set of patients with their groups and what the person wants changed. Another choice of patients is another
 * assignment: a save under way goes on with the patients it was meant for, and a wish never moves to somebody else.
 */
export class Assignment {
  readonly patientIds: readonly string[];
  readonly key = new AttemptKey();
  ground: Ground = new Map();
  wishes: Wishes = new Map();
  /** The version of a single patient's set. */
  version = 0;
  phase: "idle" | "saving" | "saved" = "idle";
  failure: Failure | undefined;
  failed: readonly FailedChange[] = [];
  conflict: AssignmentConflict | undefined;
  /** Counts the saves: a read that began before one is older than what the save answered. */
  revision = 0;

  constructor(patientIds: readonly string[]) {
    this.patientIds = patientIds;
  }

  /** Puts the wishes on a new state of the server. */
  rebase(ground: Ground, version: number, groups: readonly PatientGroup[]): void {
    const existing = new Set<string>(groups.map(({ id }) => id));
    this.ground = ground;
    this.version = version;
    this.wishes = remaining(ground, this.wishes, (id) => existing.has(id));
  }

  /** Takes the wishes back. */
  revert(): void {
    this.wishes = new Map();
    this.settle();
  }

  /** Forgets how the last save went. */
  settle(): void {
    this.phase = "idle";
    this.failure = undefined;
    this.failed = [];
    this.conflict = undefined;
  }
}

const PARALLEL_READS = 4;

/**
 * The groups of the patients as they are now. One patient is always asked for, because a change needs the version;
 * of many, those whose row the host has given need no request (each is a logged look at a patient).
 */
export async function loadGround(
  client: WelbyClient,
  patientIds: readonly string[],
  rows: readonly PatientRow[],
  signal: AbortSignal,
): Promise<{ ground: Ground; version: number }> {
  const [only] = patientIds;
  if (only !== undefined && patientIds.length === 1) {
    const { groupIds, version } = await client.patients.getGroups(only, { signal });
    return { ground: new Map([[only, new Set<string>(groupIds)]]), version };
  }
  const known = new Map<string, readonly string[]>(rows.map((row) => [row.id, row.groupIds]));
  const missing = patientIds.filter((id) => !known.has(id));
  const read = async () => {
    for (let id = missing.shift(); id !== undefined; id = missing.shift()) {
      known.set(id, (await client.patients.getGroups(id, { signal })).groupIds);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_READS }, read));
  return { ground: new Map(patientIds.map((id) => [id, new Set(known.get(id))])), version: 0 };
}

/** The groups with their member counts after changes took effect. */
export function recounted(groups: readonly PatientGroup[], changes: readonly GroupChange[]): PatientGroup[] {
  return groups.map((group) => {
    const change = changes.find(({ groupId }) => groupId === group.id);
    return change
      ? { ...group, memberCount: group.memberCount + change.add.length - change.remove.length }
      : group;
  });
}
