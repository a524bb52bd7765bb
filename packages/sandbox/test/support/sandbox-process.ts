import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const COMPILED = join(tmpdir(), "welby-sandbox-compiled");
const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

export interface SandboxProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it has written so far. */
  output(): { stdout: string; stderr: string };
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts the command and says what it did, whether it stays or ends. */
export function runSandbox(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ["--conditions=@welby/source", CLI, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    // Many short lives of one program: what it compiled once need not be compiled again.
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED, DATABASE_URL: "", ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once("close", (code, signal) => resolve({ code, signal })),
  );
  return { child, exited, output: () => ({ stdout, stderr }) };
}

/** Starts the command and waits until it is ready. @throws with its output when it ends instead */
export async function startProcess(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<SandboxProcess> {
  const running = runSandbox(args, environment);
  let ended = false;
  void running.exited.then(() => (ended = true));
  for (;;) {
    const url = /Sandbox API ready: (\S+)\n/.exec(running.output().stdout)?.[1];
    if (url !== undefined) return { ...running, url };
    if (ended) throw new Error(`The sandbox ended instead of starting:\n${JSON.stringify(running.output())}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** An empty directory that is gone after the test. */
export function temporaryDirectory(after: (cleanUp: () => void) => void): string {
  const directory = mkdtempSync(join(tmpdir(), "welby-sandbox-"));
  after(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}
