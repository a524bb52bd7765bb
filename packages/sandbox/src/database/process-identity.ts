import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/**
 * One run of one program. A process id alone is given out again; together with its start time it is not.
 * `startedAt` compares for equality only, and is null where the system does not tell.
 */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  readonly startedAt: string | null;
}

export function currentProcess(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, startedAt: startTime(process.pid) };
}

/** Whether that process still runs on this machine; "unknown" for one of another machine. */
export function isAlive(identity: ProcessIdentity): boolean | "unknown" {
  if (identity.host !== hostname()) return "unknown";
  if (!exists(identity.pid)) return false;
  const startedAt = startTime(identity.pid);
  if (startedAt === ENDED) return false;
  return startedAt === null || identity.startedAt === null || startedAt === identity.startedAt;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function startTime(pid: number): string | null {
  try {
    return process.platform === "linux" ? linuxStartTime(pid) : otherStartTime(pid);
  } catch {
    return null;
  }
}

/** A process that has ended but whose parent has not noticed yet. */
const ENDED = "ended";

/** Clock ticks since the machine started, and which start that was. */
function linuxStartTime(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The program's name stands in brackets and may hold spaces and brackets itself; state and start time are fields 1 and 20 after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return ENDED;
  const ticks = fields[19];
  return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${ticks}`;
}

function otherStartTime(pid: number): string | null {
  const [program, ...input] =
    process.platform === "win32"
      ? ["powershell.exe", "-NoProfile", "-Command", `(Get-Process -Id ${pid}).StartTime.Ticks`]
      : ["ps", "-o", "lstart=", "-p", String(pid)];
  const output = execFileSync(program, input, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
  });
  return output.trim() || null;
}
