#!/usr/bin/env node
import { DataDirectoryInUse } from "./database/directory-lock.ts";
import { readCommandLine, USAGE } from "./cli-options.ts";
import { jsonLog } from "./log.ts";
import { UnusableOptions } from "./options.ts";
import { readyText } from "./ready-text.ts";
import { startSandbox, type Sandbox } from "./start.ts";

let sandbox: Sandbox | undefined;
let stopping = false;

async function main(): Promise<void> {
  const { help, quiet, options } = readCommandLine(process.argv.slice(2), process.env);
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(signal));
  sandbox = await startSandbox({ ...options, log: jsonLog({ level: quiet ? "warn" : "info" }) });
  // Asked to stop while starting.
  if (stopping) await sandbox.close();
  else process.stdout.write(`${readyText(sandbox)}\n`);
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  // Whoever presses Ctrl-C twice does not want to wait.
  if (stopping && signal === "SIGINT") process.exit(130);
  if (stopping) return;
  stopping = true;
  await sandbox?.close();
}

main().catch((error: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${explanation(error)}\n`);
});

/** In plain words where the person at the keyboard can do something, with the place in the code otherwise. */
function explanation(error: unknown): string {
  if (error instanceof UnusableOptions || error instanceof DataDirectoryInUse) return error.message;
  if (!(error instanceof Error)) return "The sandbox could not start.";
  // Errors of the system and of the database carry a code; their own stack helps nobody.
  const { code } = error as NodeJS.ErrnoException;
  const detail =
    code === undefined ? (error.stack ?? error.message) : [code, error.message].filter(Boolean).join(": ");
  return `The sandbox could not start. ${detail}`;
}
