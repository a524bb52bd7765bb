import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { after, describe, test } from "node:test";
import { promisify } from "node:util";
import { group, me, page, signedIn, staffMember } from "./support/answers.ts";
import { startServer } from "./support/http-server.ts";

const api = await startServer(({ path }, response) => {
  const answers: Record<string, [number, unknown]> = {
    "/v1/auth/sign-in": [200, JSON.parse(signedIn().body)],
    "/v1/me": [200, me],
    "/v1/groups": [201, group],
    "/v1/staff": [200, page([staffMember])],
    "/v1/auth/sign-out": [204, undefined],
  };
  const [status, body] = answers[path] ?? [409, { code: "last_admin" }];
  response
    .writeHead(status, { "content-type": status === 409 ? "application/problem+json" : "application/json" })
    .end(body === undefined ? undefined : JSON.stringify(body));
});
const evil = await startServer((_, response) => void response.writeHead(200).end("{}"));
after(() => Promise.all([api.close(), evil.close()]));

describe("A-091 under a polluted Object.prototype", () => {
  for (const adapter of ["http", "fetch"]) {
    for (const when of ["before", "after"]) {
      test(`the client does what it always does (${adapter}, polluted ${when} it was loaded)`, async () => {
        api.received.length = evil.received.length = 0;
        const script = fileURLToPath(new URL("./support/polluted.ts", import.meta.url));
        const { stdout } = await promisify(execFile)(process.execPath, [
          "--conditions=@welby/source",
          script,
          api.url,
          evil.url,
          adapter,
          when,
        ]);
        const { report, state } = JSON.parse(stdout) as {
          report: [string, { code?: string }][];
          state: string;
        };
        assert.deepEqual(
          report.map(([name, { code }]) => [name, code]),
          [
            ["signIn", undefined],
            ["me", undefined],
            ["create", undefined],
            ["changeRole", "last_admin"],
            ["list", undefined],
            ["signOut", undefined],
          ],
        );
        assert.equal(state, "signed_out");
        assert.equal(evil.received.length, 0);
        assert.deepEqual(
          api.received.slice(when === "after" ? 6 : 0).map(({ method, path, body }) => [method, path, body]),
          [
            [
              "POST",
              "/v1/auth/sign-in",
              JSON.stringify({
                audience: "staff",
                loginId: "a@example.jp",
                password: "asagao-tegami-koharu-7",
              }),
            ],
            ["GET", "/v1/me", ""],
            ["POST", "/v1/groups", JSON.stringify({ name: "外来A" })],
            ["PUT", `/v1/staff/${staffMember.id}/role`, JSON.stringify({ role: "staff" })],
            ["GET", "/v1/staff", ""],
            [
              "POST",
              "/v1/auth/sign-out",
              JSON.stringify({ refreshToken: "refresh-token-1", scope: "session" }),
            ],
          ],
        );
        for (const { headers } of api.received) {
          assert.equal(headers["x-evil"], undefined);
          assert.ok(!JSON.stringify(headers).includes("evil"));
        }
        assert.equal(api.received.at(-5)?.headers.authorization, "DPoP access-token-1");
        assert.equal(api.received.at(-3)?.headers["if-match"], '"3"');
      });
    }
  }
});
