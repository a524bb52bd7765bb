import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { differences, runApiConformance, unexpected, type Transcript } from "@welby/backend/testing";
import { mockInNode } from "./node-ways.ts";

type Alter = (response: Response) => Response;

/** Runs a part of the suite on a mock whose answers are altered on their way. */
async function run(alter: Alter = (response) => response): Promise<Transcript> {
  const way = await mockInNode();
  const { target } = way;
  try {
    const fetch = async (request: Request) => alter(await target.fetch(request));
    return await runApiConformance({ ...target, fetch }, ["groups", "members", "patients"]);
  } finally {
    await way.close();
  }
}

const entry = {
  name: "groups · createGroup: a group",
  caller: "page",
  expected: "201",
  outcome: "201",
  headers: { etag: '"1"' },
  body: { name: "外来A" },
} as const;

describe("drift", () => {
  const planted: [what: string, changed: Transcript[number]][] = [
    ["status or code", { ...entry, outcome: "200" }],
    ["a header's value", { ...entry, headers: { etag: '"2"' } }],
    ["a header that is missing", { ...entry, headers: {} }],
    ["a value in the body", { ...entry, body: { name: "外来a" } }],
    ["a field more in the body", { ...entry, body: { name: "外来A", secret: 1 } }],
  ];
  for (const [what, changed] of planted) {
    test(`is seen in ${what}`, () => {
      const [first = "", ...rest] = differences([entry], [changed]);
      assert.match(first, /^groups · createGroup: a group: /);
      assert.deepEqual(rest, []);
    });
  }

  test("is seen in a call that only one of two ways had", () => {
    assert.deepEqual(differences([entry], []), [`${entry.name}: only in the first`]);
    assert.deepEqual(differences([], [entry]), [`${entry.name}: only in the second`]);
  });

  test("is not seen in the order of headers or fields", () => {
    const other = { ...entry, headers: { b: "1", a: "2" }, body: { x: 1, y: [1, 2] } };
    const same = { ...entry, headers: { a: "2", b: "1" }, body: { y: [1, 2], x: 1 } };
    assert.deepEqual(differences([other], [same]), []);
  });

  test("that all ways share is seen against what was written by hand", async () => {
    const transcript = await run((response) =>
      response.status === 201 ? new Response(response.body, { ...response, status: 200 }) : response,
    );
    const created = transcript.filter(({ expected }) => expected === "201");
    assert.equal(created.length, 4);
    assert.equal(unexpected(transcript).length, created.length);
    assert.match(unexpected(transcript)[0] ?? "", /^groups · createGroup: a group: expected 201, got 200/);
  });

  test("planted in one running way is found, and nothing else is", async () => {
    const right = await run();
    const wrong = await run((response) => {
      const headers = new Headers(response.headers);
      headers.delete("idempotency-replayed");
      const { status, body } = response;
      return response.headers.has("idempotency-replayed")
        ? new Response(body, { status, headers })
        : response;
    });
    const replays = right.filter(({ headers }) => "idempotency-replayed" in headers);
    assert.equal(replays.length, 3);
    assert.deepEqual(
      differences(right, wrong).map((line) => line.slice(0, line.indexOf(": headers differs"))),
      replays.map(({ name }) => name),
    );
  });
});
