import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  differences,
  fromPages,
  unexpected,
  type ApiConformancePart,
  type Transcript,
} from "@welby/backend/testing";
import { operations, type OperationRow } from "@welby/contract";
import { missing } from "./coverage.ts";
import { whyNot } from "./engines.ts";
import { mockInNode } from "./node-ways.ts";
import { startPageServer, type PageServer } from "./page-server.ts";
import { inNode, inPage } from "./ways.ts";

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

describe("one API, four ways to it: the mock", () => {
  let server: PageServer;
  /** What the others are compared with. */
  let reference: Transcript = [];
  /** What it left behind in the audit log. */
  let audited: ReadonlySet<string> = new Set();
  before(async () => {
    server = await startPageServer();
  });
  after(() => server.close());

  test("in Node answers every call as written by hand", async () => {
    reference = await inNode(mockInNode, undefined, async ({ auditedActions }) => {
      audited = (await auditedActions?.()) ?? audited;
    });
    assert.deepEqual(unexpected(reference), []);
  });

  test("meets every operation's success and every code that it can answer", () => {
    assert.deepEqual(missing(reference), []);
  });

  test("AU-1 leaves an event of every action in the audit log that the contract names", () => {
    const rows: readonly OperationRow[] = Object.values(operations);
    const named = rows.flatMap(({ audit }) => audit ?? []);
    assert.deepEqual([...new Set(named)].filter((action) => !audited.has(action)).sort(), []);
  });

  test("in a browser answers as in Node", { skip: whyNot("chromium") }, async () => {
    const transcript = await inPage(server, { engine: "chromium", what: "mock" });
    assert.deepEqual(unexpected(transcript), []);
    assert.deepEqual(differences(fromPages(reference), transcript), []);
  });

  for (const engine of ["firefox", "webkit"] as const) {
    test(`does so in ${engine}, as far as engines differ`, { skip: whyNot(engine) }, async () => {
      const transcript = await inPage(server, { engine, what: "mock", only: ENGINE_PARTS });
      assert.deepEqual(unexpected(transcript), []);
      const same = fromPages(await inNode(mockInNode, ENGINE_PARTS));
      assert.deepEqual(differences(same, transcript), []);
    });
  }
});
