import { cpSync } from "node:fs";
import { join } from "node:path";
import { startSandbox } from "../../src/index.ts";
import { temporaryDirectory } from "./sandbox-process.ts";

let template: Promise<string> | undefined;

/** A data directory that holds the demo, for one test. The first is made, which takes seconds; the others are copies of it. */
export async function demoDirectory(): Promise<string> {
  const directory = join(temporaryDirectory(atExit), "data");
  cpSync(await (template ??= makeTemplate()), directory, { recursive: true });
  return directory;
}

async function makeTemplate(): Promise<string> {
  const dataDir = join(temporaryDirectory(atExit), "template");
  await (await startSandbox({ port: 0, dataDir })).close();
  return dataDir;
}

// Not `after`: called inside a suite, that would take the template away from the next one.
const atExit = (cleanUp: () => void) => void process.once("exit", cleanUp);
