import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { currentProcess, isAlive, type ProcessIdentity } from "./process-identity.ts";

/** Another process works in the data directory. PGlite itself would let both in, and rows would vanish without an error. */
export class DataDirectoryInUse extends Error {
  readonly directory: string;
  readonly owner: ProcessIdentity;
  constructor(directory: string, file: string, owner: ProcessIdentity) {
    super(
      isAlive(owner) === "unknown"
        ? `The data directory ${directory} is used by process ${owner.pid} on the machine ${owner.host}. ` +
            `Stop it there, choose another directory by --data, or, if that machine is gone for certain, delete ${file}.`
        : `The data directory ${directory} is used by the running process ${owner.pid}` +
            `${owner.pid === process.pid ? " (this one)" : ""}. Stop it first, or choose another directory by --data.`,
    );
    this.name = "DataDirectoryInUse";
    this.directory = directory;
    this.owner = owner;
  }
}

export interface DirectoryLock {
  release(): void;
}

const NAME = /^lock\.(\d+)$/;

/**
 * Takes the directory for this process alone, until `release` or until the process is gone, however it went.
 *
 * The file of the highest number counts. A dead owner's file is never replaced but outnumbered: each number can be
 * created once (O_EXCL), so of two processes that find the same dead owner only one gets in.
 * @throws DataDirectoryInUse when another process has it
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  for (;;) {
    const highest = highestNumber(directory);
    if (highest > 0) await assertDead(directory, highest);
    const own = highest + 1;
    if (!create(fileOf(directory, own))) continue;
    const later = highestNumber(directory);
    if (later > own) {
      // Somebody slow: meanwhile others came and went, and one may be in.
      rmSync(fileOf(directory, own), { force: true });
      continue;
    }
    for (const number of numbers(directory)) {
      if (number < own) rmSync(fileOf(directory, number), { force: true });
    }
    return { release: () => rmSync(fileOf(directory, own), { force: true }) };
  }
}

async function assertDead(directory: string, number: number): Promise<void> {
  const file = fileOf(directory, number);
  const owner = await readOwner(file);
  if (owner && isAlive(owner) !== false) throw new DataDirectoryInUse(directory, file, owner);
}

/** The owner as written in the file; undefined when it is gone or was never finished. */
async function readOwner(file: string): Promise<ProcessIdentity | undefined> {
  // Between creating and writing lies a moment; an owner who died in it leaves an empty file.
  for (let patience = 20; patience > 0; patience--) {
    const owner = parse(file);
    if (owner !== "unfinished") return owner;
    await sleep(50);
  }
  return undefined;
}

function parse(file: string): ProcessIdentity | "unfinished" | undefined {
  try {
    const { host, pid, startedAt } = JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
    return typeof pid === "number" && typeof host === "string" ? { host, pid, startedAt } : "unfinished";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : "unfinished";
  }
}

function create(file: string): boolean {
  try {
    const descriptor = openSync(file, "wx", 0o600);
    writeSync(descriptor, `${JSON.stringify(currentProcess())}\n`);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function numbers(directory: string): number[] {
  return readdirSync(directory).flatMap((name) => Number(NAME.exec(name)?.[1] ?? []));
}

function highestNumber(directory: string): number {
  return Math.max(0, ...numbers(directory));
}

function fileOf(directory: string, number: number): string {
  return join(directory, `lock.${number}`);
}
