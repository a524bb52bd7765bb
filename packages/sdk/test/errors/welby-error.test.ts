import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { errors, type ErrorCode } from "@welby/contract/errors";
import { createError } from "../../src/errors/create-error.ts";
import {
  isWelbyError,
  WelbyApiError,
  WelbyConfigurationError,
  WelbyConnectionError,
  WelbyError,
} from "../../src/errors/index.ts";

describe("an error of the client", () => {
  test("is recognised, also when another copy of the client made it", async () => {
    const error = await createError({ code: "forbidden", status: 403 }, "ja");
    assert.ok(isWelbyError(error));
    assert.ok(
      isWelbyError(Object.defineProperty(new Error("x"), Symbol.for("@welby/sdk/error"), { value: true })),
    );
    for (const other of [new Error("x"), null, undefined, "x", { code: "forbidden" }])
      assert.ok(!isWelbyError(other));
  });

  test("is of one of few classes", async () => {
    assert.ok((await createError({ code: "forbidden", status: 403 }, "ja")) instanceof WelbyApiError);
    for (const code of ["connection_failed", "timeout", "protocol_error", "aborted", "client_disposed"]) {
      assert.ok((await createError({ code, status: 502 }, "ja")) instanceof WelbyConnectionError, code);
    }
    const local = await createError({ code: "validation_failed" }, "ja");
    assert.deepEqual([local.constructor, local.name], [WelbyError, "WelbyError"]);
    assert.ok(new WelbyConfigurationError("baseUrl", "is wrong") instanceof WelbyError);
  });

  for (const code of Object.keys(errors) as ErrorCode[]) {
    test(`${code} says in both languages what happened and what to do, and whether to try again`, async () => {
      for (const locale of ["ja", "en"] as const) {
        const error = await createError({ code, requestId: "req-9", retryAfterMs: 29_001 }, locale);
        const { message, remedy } = errors[code][locale];
        assert.ok(error.message.startsWith(message), error.message);
        assert.ok(error.message.includes(remedy.replace("{seconds}", "30")), error.message);
        assert.ok(error.message.includes("req-9"));
        assert.equal(error.retryable, errors[code].retryable);
      }
    });
  }

  test("of a newer server's code has a text too", async () => {
    const error = await createError({ code: "contract_ended", status: 409 }, "ja");
    assert.equal(error.code, "contract_ended");
    assert.equal(error.retryable, false);
    assert.ok(error.message.length > 0);
    assert.equal((await createError({ code: "quota_pause", status: 503 }, "ja")).retryable, true);
  });

  test("prints listed fields only, and no person's name", async () => {
    const error = await createError(
      {
        code: "version_conflict",
        status: 412,
        requestId: "req-1",
        operation: "changeStaffRole",
        conflicts: [{ id: "a", version: 4, changedBy: "田中 美咲", changedAt: null }],
      },
      "en",
    );
    Object.assign(error, { config: { password: "secret" } });
    assert.deepEqual(JSON.parse(JSON.stringify(error)), {
      name: "WelbyApiError",
      message: "Someone else changed this first. Please check the latest content. (Request ID: req-1)",
      code: "version_conflict",
      status: 412,
      requestId: "req-1",
      operation: "changeStaffRole",
      retryable: false,
      conflicts: [{ id: "a", version: 4 }],
    });
    const printed = inspect(error);
    assert.ok(printed.includes("version_conflict") && printed.includes("req-1"));
    assert.ok(!printed.includes("secret") && !printed.includes("田中"));
    assert.equal(error.conflicts?.[0]?.changedBy, "田中 美咲");
  });

  test("has a text also where the texts cannot be fetched, in both languages", async () => {
    const nothing = () => Promise.resolve(undefined);
    const error = await createError({ code: "timeout", requestId: "req-9" }, "ja", nothing);
    assert.equal(
      error.message,
      "通信できませんでした。ネットワークの接続をご確認ください。入力した内容は残っています。（お問い合わせ番号: req-9）",
    );
    assert.deepEqual([error.code, error.retryable], ["timeout", true]);
    assert.match((await createError({ code: "timeout" }, "en", nothing)).message, /^The connection failed\./);
  });

  test("that nobody reads does not wait for its text", async () => {
    const asked: (number | undefined)[] = [];
    const load = (patienceMs?: number) => (asked.push(patienceMs), Promise.resolve(undefined));
    for (const code of ["aborted", "client_disposed", "timeout"]) await createError({ code }, "ja", load);
    assert.deepEqual(asked, [0, 0, undefined]);
  });

  test("cannot be changed afterwards", async () => {
    const error = await createError({ code: "forbidden", status: 403 }, "ja");
    assert.throws(() => ((error as { code: string }).code = "x"), TypeError);
  });
});
