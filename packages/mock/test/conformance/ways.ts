import { runApiConformance, type ApiConformancePart, type Transcript } from "@welby/backend/testing";
import { openIn, type Engine } from "./engines.ts";
import { sandboxFor, type Way } from "./node-ways.ts";
import type { PageServer } from "./page-server.ts";

/** Runs the suite from Node. */
export async function inNode(
  start: () => Promise<Way>,
  only?: readonly ApiConformancePart[],
  look: (way: Way) => Promise<void> = async () => undefined,
): Promise<Transcript> {
  const way = await start();
  try {
    const transcript = await runApiConformance(way.target, only);
    await look(way);
    return transcript;
  } finally {
    await way.close();
  }
}

interface PageRun {
  readonly engine: Engine;
  readonly what: "mock" | "sandbox";
  readonly only?: readonly ApiConformancePart[];
}

/** Runs the suite in a page of a real browser. */
export async function inPage(server: PageServer, { engine, what, only }: PageRun): Promise<Transcript> {
  const sandbox = what === "sandbox" ? await sandboxFor(server.origin) : null;
  server.controls = sandbox;
  const finished = server.finished();
  const url = new URL(server.origin);
  if (sandbox) url.searchParams.set("sandbox", sandbox.baseUrl);
  if (only) url.searchParams.set("only", only.join());
  let closeBrowser: (() => Promise<void>) | undefined;
  try {
    closeBrowser = await openIn(engine, url.href);
    return await finished;
  } finally {
    await closeBrowser?.();
    await sandbox?.close();
  }
}
