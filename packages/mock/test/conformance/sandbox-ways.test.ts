import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { differences, fromPages, unexpected, type Transcript } from "@welby/backend/testing";
import { whyNot } from "./engines.ts";
import { mockInNode, sandboxFromNode, sandboxOnPostgres } from "./node-ways.ts";
import { startPageServer, type PageServer } from "./page-server.ts";
import { inNode, inPage } from "./ways.ts";

describe("one API, four ways to it: the sandbox", () => {
  let server: PageServer;
  let mock: Transcript;
  before(async () => {
    server = await startPageServer();
    mock = await inNode(mockInNode);
  });
  after(() => server.close());

  test("answers a caller in Node as the mock does", async () => {
    const transcript = await inNode(sandboxFromNode);
    assert.deepEqual(unexpected(transcript), []);
    assert.deepEqual(differences(mock, transcript), []);
  });

  test("answers so on a real PostgreSQL too", async () => {
    const transcript = await inNode(sandboxOnPostgres);
    assert.deepEqual(unexpected(transcript), []);
    assert.deepEqual(differences(mock, transcript), []);
  });

  test("answers a page on another origin as the mock does", { skip: whyNot("chromium") }, async () => {
    const transcript = await inPage(server, { engine: "chromium", what: "sandbox" });
    assert.deepEqual(unexpected(transcript), []);
    assert.deepEqual(differences(fromPages(mock), transcript), []);
  });
});
