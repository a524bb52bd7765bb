import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operations, type OperationRow } from "@welby/contract";
import { createOpenApiDocument } from "@welby/contract/openapi";
import * as schemas from "@welby/contract/schemas";
import * as z from "zod/mini";
import { bodies } from "./samples.ts";

type Json = Record<string, unknown>;
const MAX_TEXT = 4000;
const MAX_ITEMS = 200;
const MAX_DEPTH = 4;

const document = createOpenApiDocument({ version: "0.0.0" }) as {
  paths: Record<string, Record<string, Json>>;
  components: { schemas: Json };
};
const inputs: [string, unknown][] = Object.values(document.paths).flatMap((path) =>
  Object.values(path).flatMap((operation): [string, unknown][] => [
    [
      `${String(operation["operationId"])} body`,
      (operation["requestBody"] as { content?: Record<string, Json> } | undefined)?.content?.[
        "application/json"
      ]?.["schema"],
    ],
    ...((operation["parameters"] ?? []) as Json[])
      .filter((parameter) => parameter["in"] !== "header")
      .map((parameter): [string, unknown] => [
        `${String(operation["operationId"])} ${String(parameter["name"])}`,
        parameter["schema"],
      ]),
  ]),
);

function check(schema: Json, where: string, depth: number): void {
  assert.ok(depth <= MAX_DEPTH, `${where}: too deep`);
  const reference = schema["$ref"] as string | undefined;
  if (reference)
    return check(document.components.schemas[reference.split("/").at(-1) ?? ""] as Json, where, depth);
  for (const kind of ["anyOf", "oneOf", "allOf"])
    for (const part of (schema[kind] ?? []) as Json[]) check(part, where, depth);
  if (schema["type"] === "string" && !schema["enum"] && !schema["const"] && schema["format"] !== "uuid") {
    assert.ok((schema["maxLength"] as number) <= MAX_TEXT, `${where}: text without a limit`);
    assert.equal(schema["pattern"], undefined, `${where}: no pattern runs over typed text`);
  }
  if (schema["type"] === "array") {
    assert.ok((schema["maxItems"] as number) <= MAX_ITEMS, `${where}: list without a limit`);
    check(schema["items"] as Json, `${where}[]`, depth + 1);
  }
  for (const [key, part] of Object.entries((schema["properties"] ?? {}) as Record<string, Json>))
    check(part, `${where}.${key}`, depth + 1);
}

describe("A-038 A-040 budgets of what a caller may send, counted, not timed", () => {
  test("there is something to check", () => assert.ok(inputs.filter(([, schema]) => schema).length >= 20));

  for (const [where, schema] of inputs) {
    if (!schema) continue;
    test(`${where}: every text and every list has a limit, nothing is deeply nested`, () =>
      check(schema as Json, where, 0));
  }

  // A check of our own that ran would add an issue of the kind `custom`: over-long text must never reach it.
  const pumps: [string, string][] = [
    ["one letter", "a".repeat(1_000_000)],
    ["spaces", " ".repeat(1_000_000)],
    ["dots", ".".repeat(1_000_000)],
    ["at signs", "a@".repeat(500_000)],
    ["combining marks", `あ${"\u0301".repeat(1_000_000)}`],
    ["joiners", "👨\u200D".repeat(300_000)],
    ["half-width kana", "ｶﾞ".repeat(500_000)],
  ];
  const targets: [string, z.ZodMiniType][] = [
    ["emailAddress", schemas.emailAddress],
    ["typedName", schemas.typedName(50)],
    ["loginId", schemas.loginId],
    ["opaqueSecret", schemas.opaqueSecret],
  ];
  for (const [title, text] of pumps) {
    for (const [name, schema] of targets) {
      test(`${name} turns a megabyte of ${title} away by its length alone`, () => {
        const issues = z.safeParse(schema, text).error?.issues ?? [];
        assert.deepEqual(
          issues.map((issue) => issue.code),
          ["too_big"],
        );
      });
    }
  }

  test("a megabyte in any text of any body is refused", () => {
    for (const row of Object.values(operations) as OperationRow[]) {
      for (const [key, value] of Object.entries(bodies[row.id] ?? {})) {
        if (!row.body || typeof value !== "string") continue;
        assert.equal(
          z.safeParse(row.body, { ...bodies[row.id], [key]: "a".repeat(1_000_000) }).success,
          false,
          `${row.id}.${key}`,
        );
      }
    }
  });
});
