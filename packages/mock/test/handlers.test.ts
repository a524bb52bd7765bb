import assert from "node:assert/strict";
import https from "node:https";
import { after, before, beforeEach, describe, test } from "node:test";
import { createTestClient } from "@welby/backend/testing";
import { createMock } from "@welby/mock";
import { mockServer } from "@welby/mock/node";

describe("the mock behind MSW in Node", () => {
  const mock = createMock({ baseUrl: "https://api.example.jp/welby" });
  const server = mockServer(mock);
  before(() => server.listen({ onUnhandledFrame: "error" }));
  after(() => server.close());
  beforeEach(() => mock.reset());

  test("answers fetch below its base URL, proofs included", async () => {
    const client = await createTestClient({ fetch: (request) => fetch(request), baseUrl: mock.baseUrl });
    assert.equal((await client.signIn("suzuki@minato.example.jp")).body.status, "signed_in");
    assert.equal((await client.send("getMe")).status, 200);
  });

  test("answers node:https too", async () => {
    const status = await new Promise((resolve, reject) => {
      https
        .request(`${mock.baseUrl}/health`, (response) => resolve(response.resume().statusCode))
        .once("error", reject)
        .end();
    });
    assert.equal(status, 200);
  });

  test("leaves other addresses alone", async () => {
    await assert.rejects(fetch("https://other.example.jp/health"));
  });

  test("breaks the connection where a fault says so, and works again", async () => {
    mock.faults.next("getHealth", { kind: "drop" });
    await assert.rejects(fetch(`${mock.baseUrl}/health`), TypeError);
    assert.equal((await fetch(`${mock.baseUrl}/health`)).status, 200);
  });
});
