import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  differences,
  fromPages,
  runApiConformance,
  unexpected,
  type ApiConformancePart,
  type Transcript,
} from "@welby/backend/testing";
import { missing } from "./coverage.ts";
import { openIn, whyNot, type Engine } from "./engines.ts";
import { mockInNode, sandboxFor, sandboxFromNode, type Way } from "./node-ways.ts";
import { startPageServer, type PageServer } from "./page-server.ts";

/** Ways of the same API that have answered so far; the first is what the others are compared with. */
let reference: Transcript = [];

/** What other engines may do otherwise: bodies, headers, methods, the worker. All calls run in Chromium. */
const ENGINE_PARTS: readonly ApiConformancePart[] = [
  "documents",
  "origins",
  "signIn",
  "badInput",
  "preconditions",
  "methods",
  "groups",
];

async function inNode(start: () => Promise<Way>, only?: readonly ApiConformancePart[]): Promise<Transcript> {
  const way = await start();
  try {
    return await runApiConformance(way.target, only);
  } finally {
    await way.close();
  }
}

interface PageRun {
  readonly engine: Engine;
  readonly what: "mock" | "sandbox";
  readonly only?: readonly ApiConformancePart[];
}

async function inPage(server: PageServer, { engine, what, only }: PageRun): Promise<Transcript> {
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

describe("one API, four ways to it", () => {
  let server: PageServer;
  before(async () => {
    server = await startPageServer();
  });
  after(() => server.close());

  test("1: the mock in Node answers every call as written by hand", async () => {
    reference = await inNode(mockInNode);
    assert.deepEqual(unexpected(reference), []);
  });

  test("the suite reaches every operation's success and every code it can answer", () => {
    assert.deepEqual(missing(reference), []);
  });

  test("2: the sandbox answers a caller in Node as the mock does", async () => {
    const transcript = await inNode(sandboxFromNode);
    assert.deepEqual(unexpected(transcript), []);
    assert.deepEqual(differences(reference, transcript), []);
  });

  test("3: the mock in a browser answers as in Node", { skip: whyNot("chromium") }, async () => {
    const transcript = await inPage(server, { engine: "chromium", what: "mock" });
    assert.deepEqual(unexpected(transcript), []);
    assert.deepEqual(differences(fromPages(reference), transcript), []);
  });

  for (const engine of ["firefox", "webkit"] as const) {
    test(`3: so it does in ${engine}, as far as engines differ`, { skip: whyNot(engine) }, async () => {
      const transcript = await inPage(server, { engine, what: "mock", only: ENGINE_PARTS });
      assert.deepEqual(unexpected(transcript), []);
      const same = fromPages(await inNode(mockInNode, ENGINE_PARTS));
      assert.deepEqual(differences(same, transcript), []);
    });
  }

  test(
    "4: the sandbox answers a page on another origin as the mock does",
    { skip: whyNot("chromium") },
    async () => {
      const transcript = await inPage(server, { engine: "chromium", what: "sandbox" });
      assert.deepEqual(unexpected(transcript), []);
      assert.deepEqual(differences(fromPages(reference), transcript), []);
    },
  );
});
