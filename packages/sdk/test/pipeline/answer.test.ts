import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operations, type OperationRow } from "@welby/contract";
import { readAnswer } from "../../src/pipeline/answer.ts";
import type { Failure } from "../../src/pipeline/failure.ts";
import { createRedact } from "../../src/pipeline/redact.ts";
import type { TransportResponse } from "../../src/transport/transport.ts";
import { empty, group, ID, json, page, problem, staffMember } from "../support/answers.ts";

const read = (
  response: TransportResponse,
  operation: OperationRow = operations.getStaff,
  secrets: unknown[] = [],
) =>
  readAnswer(response, { operation, redact: createRedact(secrets), now: Date.parse("2026-11-23T12:00:00Z") });
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read results freely
const valueOf = (...input: Parameters<typeof read>): any => {
  const outcome = read(...input);
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.value;
};
const failureOf = (...input: Parameters<typeof read>): Failure => {
  const outcome = read(...input);
  assert.ok(!outcome.ok, "was accepted");
  return outcome.failure;
};

describe("reading a result", () => {
  test("A-098 ignores unknown fields", () => {
    assert.deepEqual(valueOf(json({ ...staffMember, newField: { x: 1 } })), staffMember);
  });

  test("A-098 keeps unknown values of open lists", () => {
    assert.equal(valueOf(json({ ...staffMember, role: "auditor" })).role, "auditor");
  });

  const unreadable: [string, TransportResponse, OperationRow?][] = [
    [
      "an HTML page with status 200",
      { status: 200, headers: { "content-type": "text/html" }, body: "<h1>ログイン</h1>" },
    ],
    ["JSON that is called HTML", { ...json(staffMember), headers: { "content-type": "text/html" } }],
    ["an answer without a content type", { ...json(staffMember), headers: {} }],
    ["another JSON type", { ...json(staffMember), headers: { "content-type": "application/jsonp" } }],
    ["malformed JSON", { ...json(null), body: '{"id":' }],
    ["an empty answer with status 200", { ...json(null), body: "" }],
    ["null", json(null)],
    ["a list instead of an object", json([staffMember])],
    ["a missing field", json({ ...staffMember, version: undefined })],
    ["a wrong type", json({ ...staffMember, version: "3" })],
    ["an id that is none", json({ ...staffMember, id: "../x" })],
    ["a page whose items are not what was asked for", json(page([staffMember])), operations.listGroups],
    [
      "a captive portal's 200 to an operation without a result",
      { status: 200, headers: { "content-type": "text/html" }, body: "<h1>ようこそ</h1>" },
      operations.requestPasswordReset,
    ],
    ["an empty 200 to an operation that answers 202", empty(200), operations.requestPasswordReset],
  ];
  for (const [name, response, operation] of unreadable) {
    test(`A-098 calls ${name} a protocol error`, () => {
      const failure = failureOf(response, operation);
      assert.equal(failure.code, "protocol_error");
      assert.equal(failure.status, response.status);
      assert.equal(failure.ambiguous, true);
    });
  }

  test("A-098 survives JSON nested 100,000 deep", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    assert.equal(failureOf({ ...json(null), body: deep }).code, "protocol_error");
  });

  test("gives undefined for an operation without a result", () => {
    assert.equal(valueOf(empty(204), operations.signOut), undefined);
    assert.equal(valueOf(empty(202), operations.requestPasswordReset), undefined);
  });

  test("accepts a page", () => {
    assert.equal(valueOf(json(page([group], "next")), operations.listGroups).nextCursor, "next");
  });
});

describe("reading a refusal", () => {
  test("takes code, request id, field errors, conflicts and rules", () => {
    const failure = failureOf(
      problem("version_conflict", {
        conflicts: [{ id: ID, version: 4, changedBy: "田中 美咲", changedAt: null }],
      }),
    );
    assert.equal(failure.code, "version_conflict");
    assert.equal(failure.requestId, "req-1");
    assert.deepEqual(failure.conflicts, [{ id: ID, version: 4, changedBy: "田中 美咲", changedAt: null }]);
    assert.equal(failure.ambiguous, false);
    assert.deepEqual(failureOf(problem("weak_password", { rules: ["too_short"] })).rules, ["too_short"]);
    assert.deepEqual(
      failureOf(problem("validation_failed", { errors: [{ path: "changes.0.role", code: "invalid_value" }] }))
        .fieldErrors,
      [{ path: "changes.0.role", code: "invalid_value" }],
    );
  });

  test("keeps a newer server's code", () => {
    const response = problem("forbidden");
    assert.equal(
      failureOf({ ...response, body: JSON.stringify({ code: "contract_ended" }) }).code,
      "contract_ended",
    );
  });

  test("lets the status win over a code of another status", () => {
    assert.equal(failureOf({ ...problem("refresh_reused"), status: 500 }).code, "internal_error");
    assert.equal(failureOf({ ...problem("last_admin"), status: 404 }).code, "protocol_error");
    assert.equal(failureOf({ ...problem("connection_failed"), status: 404 }).code, "protocol_error");
  });

  test("leaves a part out that is not in order, and still tells the code", () => {
    const failure = failureOf(problem("validation_failed", { errors: "name", conflicts: [1] }));
    assert.equal(failure.code, "validation_failed");
    assert.equal(failure.fieldErrors, undefined);
    assert.equal(failure.conflicts, undefined);
  });

  const gateways: [number, string][] = [
    [408, "timeout"],
    [413, "payload_too_large"],
    [429, "rate_limited"],
    [431, "headers_too_large"],
    [500, "internal_error"],
    [502, "internal_error"],
    [503, "overloaded"],
    [504, "timeout"],
    [400, "protocol_error"],
    [401, "protocol_error"],
    [403, "protocol_error"],
    [404, "protocol_error"],
    [301, "protocol_error"],
    [307, "protocol_error"],
    [101, "protocol_error"],
    [599, "protocol_error"],
  ];
  for (const [status, code] of gateways) {
    test(`calls a gateway's HTML page with status ${status} ${code}`, () => {
      assert.equal(
        failureOf({ status, headers: { "content-type": "text/html" }, body: "<h1>nginx</h1>" }).code,
        code,
      );
    });
  }

  test("reads Retry-After", () => {
    assert.equal(failureOf(problem("rate_limited", {}, { "retry-after": "30" })).retryAfterMs, 30_000);
    assert.equal(
      failureOf(problem("rate_limited", {}, { "retry-after": "Mon, 23 Nov 2026 12:00:05 GMT" })).retryAfterMs,
      5000,
    );
    assert.equal(
      failureOf(problem("rate_limited", {}, { "retry-after": "garbage" })).retryAfterMs,
      undefined,
    );
  });

  test("lets nothing through that repeats a secret of the call", () => {
    const secret = "asagao_tegami_koharu_7";
    const failure = failureOf(
      problem(
        "validation_failed",
        {
          requestId: secret,
          errors: [{ path: `password.${secret}`, code: secret }],
          conflicts: [{ id: secret, version: 1, changedBy: `x ${secret}`, changedAt: null }],
          rules: [secret, "too_short"],
        },
        { "welby-request-id": secret },
      ),
      operations.signIn,
      [secret],
    );
    assert.ok(!JSON.stringify(failure).includes(secret), JSON.stringify(failure));
    assert.deepEqual(failure.rules, ["too_short"]);
    assert.equal(
      failureOf({ ...problem("forbidden"), body: JSON.stringify({ code: secret }) }, operations.signIn, [
        secret,
      ]).code,
      "protocol_error",
    );
  });

  test("does not take markup for a request id", () => {
    assert.equal(
      failureOf(problem("forbidden", { requestId: "<b>" }, { "welby-request-id": "<img src=x>" })).requestId,
      undefined,
    );
  });

  const outcomes: [string, TransportResponse, boolean][] = [
    ["a refusal", problem("last_admin"), false],
    ["a busy service", problem("overloaded"), false],
    ["a gateway's 503", { status: 503, headers: {}, body: "" }, true],
    ["a server error", problem("internal_error"), true],
    ["a gateway timeout", { status: 504, headers: {}, body: "" }, true],
    ["a redirect", { status: 303, headers: { location: "/done" }, body: "" }, true],
  ];
  for (const [name, response, ambiguous] of outcomes) {
    test(`${ambiguous ? "cannot tell" : "can tell"} after ${name} that nothing was changed`, () => {
      assert.equal(failureOf(response, operations.changeStaffRole).ambiguous, ambiguous);
    });
  }
});
