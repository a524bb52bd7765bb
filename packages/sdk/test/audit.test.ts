import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isWelbyError } from "../src/errors/welby-error.ts";
import type { TransportResponse } from "../src/transport/transport.ts";
import { json, signedIn } from "./support/answers.ts";
import { CREDENTIALS, testClient } from "./support/client.ts";
import { scripted } from "./support/scripted.ts";

const CSV = "通し番号,日時\r\n1,2026-11-23T09:00:00.000+09:00\r\n";

/** A client whose export is answered so. */
async function exporting(answer: TransportResponse) {
  const transport = scripted(({ path }) => (path === "/v1/auth/sign-in" ? signedIn() : answer));
  const client = testClient({ transport });
  await client.auth.signIn(CREDENTIALS);
  return { client, transport };
}
const csv = (body: string, type = "text/csv; charset=utf-8"): TransportResponse => ({
  status: 200,
  headers: { "content-type": type },
  body,
});

describe("the audit log's export", () => {
  test("is one text with the mark that Excel needs, whether the transport kept it or not", async () => {
    for (const body of [CSV, `\uFEFF${CSV}`]) {
      const { client } = await exporting(csv(body));
      assert.equal(await client.audit.export(), `\uFEFF${CSV}`);
    }
  });

  test("asks for CSV, with the filter in the body", async () => {
    const { client, transport } = await exporting(csv(CSV));
    await client.audit.export({ action: "staff.added" });
    const [sent] = transport.to("/v1/audit-events/export");
    assert.match(sent?.headers["accept"] ?? "", /^text\/csv, application\/problem\+json$/);
    assert.deepEqual(sent?.json, { action: "staff.added" });
  });

  for (const [what, answer] of [
    ["a page of a captive portal", csv("<html>", "text/html")],
    ["JSON", json({ items: [] })],
    ["another status", { ...csv(CSV), status: 204 }],
  ] as const) {
    test(`A-098 ${what} is no export`, async () => {
      const { client } = await exporting(answer);
      await assert.rejects(
        client.audit.export(),
        (error) => isWelbyError(error) && error.code === "protocol_error",
      );
    });
  }
});
