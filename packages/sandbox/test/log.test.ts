import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { jsonLog, type LogFields } from "../src/log.ts";

function logged(message: string, fields: LogFields, now = new Date("2026-12-31T15:00:00.5Z")): string {
  const lines: string[] = [];
  jsonLog({ write: (line) => lines.push(line), now: () => now })("info", message, fields);
  assert.equal(lines.length, 1);
  return lines[0] ?? "";
}

describe("the log", () => {
  test("writes one JSON line with the operation and its path template, never the filled-in path", () => {
    const line = logged("request", {
      requestId: "r1",
      operation: "changeStaffRole",
      method: "PUT",
      status: 200,
      ms: 12,
    });
    assert.deepEqual(JSON.parse(line), {
      time: "2027-01-01T00:00:00.500+09:00",
      level: "info",
      message: "request",
      requestId: "r1",
      operation: "changeStaffRole",
      method: "PUT",
      status: 200,
      ms: 12,
      path: "/v1/staff/{staffId}/role",
    });
  });

  test("A-114 writes +09:00 whatever the machine's zone is", () => {
    const script = `import { jsonLog } from ${JSON.stringify(new URL("../src/log.ts", import.meta.url).href)};
      jsonLog({ now: () => new Date("2026-07-01T12:00:00Z") })("warn", "x", {});`;
    const { stderr } = spawnSync(
      process.execPath,
      ["--conditions=@welby/source", "--input-type=module", "-e", script],
      {
        env: { ...process.env, TZ: "America/New_York", LC_ALL: "C" },
        encoding: "utf8",
      },
    );
    assert.equal((JSON.parse(stderr) as { time: string }).time, "2026-07-01T21:00:00.000+09:00");
  });

  test("A-089 AU-6 keeps line breaks, terminal codes and bidi controls inside one line of plain characters", () => {
    const nasty = "a\r\nb\u001b[31mc\u0085d\u2028e\u2029f\u202eg\u2066h\u200bi\u007fj\u009bk\ufeffl";
    const line = logged(nasty, { origin: nasty });
    // eslint-disable-next-line no-control-regex -- that is the point
    assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/);
    assert.equal((JSON.parse(line) as { message: string }).message, nasty, "nothing should be lost");
  });

  test("AU-8 strikes out addresses, tokens and long secrets even when a caller hands them over", () => {
    const token = `eyJ${"a".repeat(20)}.${"b".repeat(30)}.${"c".repeat(40)}`;
    const secret = "Zm9vYmFy_-".repeat(5);
    const line = logged(`for sato.kazuko@example.jp`, {
      a: `Bearer ${token}`,
      b: secret,
      c: `x=${secret}&y`,
    });
    for (const canary of ["kazuko", "bbbb", "Zm9vYmFy"]) assert.equal(line.includes(canary), false, line);
  });

  test("keeps request ids and stack frames readable", () => {
    const requestId = "628c3cf3-b409-4546-81aa-701330299270";
    const at = "at openTransaction (file:///srv/packages/sandbox/src/stores/sql/transaction.ts:12:3)";
    assert.deepEqual(
      { ...(JSON.parse(logged("x", { requestId, at })) as object) },
      {
        time: "2027-01-01T00:00:00.500+09:00",
        level: "info",
        message: "x",
        requestId,
        at,
      },
    );
  });

  test("leaves out what is below its level", () => {
    const lines: string[] = [];
    const log = jsonLog({ write: (line) => lines.push(line), level: "warn" });
    log("info", "no", {});
    log("error", "yes", {});
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { message: string }).message),
      ["yes"],
    );
  });
});
