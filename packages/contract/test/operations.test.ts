import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { errors, operations, pathParameters, type OperationId, type OperationRow } from "@welby/contract";
import * as z from "zod/mini";

const table: readonly (readonly [string, OperationRow])[] = Object.entries(operations);
const rows = table.map(([, row]) => row);
/** What has no version that a change could be based on: a password is guarded by the current one, a session only ends. */
const UNVERSIONED: readonly string[] = ["changePassword", "endSession", "orderCategories", "removeFactor"];
const keysOf = (schema: OperationRow["body"]) => Object.keys(schema?.shape ?? {});

describe("the contract table", () => {
  test("each row stands under its own id", () => {
    for (const [key, row] of table) assert.equal(row.id, key);
  });

  test("ids are unique, and so is each method with its path", () => {
    assert.equal(new Set(rows.map((row) => row.id)).size, rows.length);
    const shape = (row: OperationRow) => `${row.method} ${row.path.replace(/\{\w+\}/g, "{}")}`;
    assert.equal(new Set(rows.map(shape)).size, rows.length);
  });

  test("A-010 every path parameter has a schema that only a UUID passes, and no schema is left over", () => {
    for (const row of rows) {
      assert.deepEqual(keysOf(row.params), pathParameters(row.path), row.id);
      for (const [name, schema] of Object.entries(row.params?.shape ?? {})) {
        const passes = (value: unknown) => z.safeParse(schema as z.ZodMiniType, value).success;
        assert.ok(passes("7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11"), `${row.id}.${name}`);
        for (const value of [
          "../admin",
          "..%2fadmin",
          ".",
          "",
          "//evil.example",
          "1",
          "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11/x",
          null,
          1,
        ]) {
          assert.ok(!passes(value), `${row.id}.${name} ${String(value)}`);
        }
      }
    }
  });

  test("an id in capital letters is read as the same id", () => {
    const parsed = operations.getStaff.params.parse({ staffId: "7F0C1F57-58A1-4D2B-8A43-0D5B2A5F4A11" });
    assert.equal(parsed.staffId, "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11");
  });

  test("paths stand under /v1, the documents for machines at the root", () => {
    for (const row of rows) {
      assert.match(row.path, /^\/(v1\/[a-z{}A-Z/-]+|health|openapi\.json|\.well-known\/[a-z]+\.(json|txt))$/);
      assert.equal(row.path.startsWith("/v1/"), row.clientless !== true, row.id);
    }
  });

  test("a GET takes no body and is safe; what is not safe is no GET", () => {
    for (const row of rows) {
      if (row.method === "GET") assert.ok(row.safe && !row.body, row.id);
      if (!row.safe) assert.notEqual(row.method, "GET", row.id);
    }
  });

  test("A-096 every creating POST requires an Idempotency-Key, and nothing safe takes one", () => {
    for (const row of rows) {
      if (row.success === 201) assert.equal(row.idempotency, "required", row.id);
      if (row.safe) assert.equal(row.idempotency, undefined, row.id);
    }
  });

  test("GC-3 every PUT, PATCH and DELETE needs If-Match, and whoever needs it gets an ETag to go on with", () => {
    for (const row of rows) {
      if (["PUT", "PATCH", "DELETE"].includes(row.method))
        assert.equal(row.ifMatch === true, !UNVERSIONED.includes(row.id), row.id);
      if (row.ifMatch) assert.equal(row.etag === true, row.result !== undefined, row.id);
      if (row.etag) assert.ok(keysOf(row.result as OperationRow["body"]).includes("version"), row.id);
    }
  });

  test("lists take limit and cursor and answer items, nextCursor and total", () => {
    for (const row of rows) {
      const input = [...keysOf(row.query), ...keysOf(row.body)];
      assert.equal(input.includes("cursor"), row.paginated === true, row.id);
      if (!row.paginated) continue;
      assert.ok(input.includes("limit"), row.id);
      const result = keysOf(row.result as OperationRow["body"]);
      for (const key of ["items", "nextCursor", "total"]) assert.ok(result.includes(key), `${row.id} ${key}`);
    }
  });

  test("PR-2 sensitive inputs have names that exist and never travel in a URL", () => {
    for (const row of rows) {
      for (const name of row.sensitive ?? []) {
        assert.ok(keysOf(row.body).includes(name), `${row.id}.${name}`);
        assert.ok(
          !keysOf(row.query).includes(name) && !keysOf(row.params).includes(name),
          `${row.id}.${name}`,
        );
      }
    }
  });

  test("PR-1 whatever is a secret or names a person is marked as sensitive", () => {
    const secrets = [
      "password",
      "newPassword",
      "currentPassword",
      "loginId",
      "email",
      "name",
      "code",
      "token",
      "challenge",
      "refreshToken",
      "query",
    ];
    for (const row of rows) {
      // A group's name is no person's, nor is a category's.
      if (row.tag === "groups" || row.tag === "categories") continue;
      for (const name of keysOf(row.body).filter((key) => secrets.includes(key)))
        assert.ok(row.sensitive?.includes(name), `${row.id}.${name}`);
    }
  });

  test("AU-1 every write by a session, and every reading of patients, has an audit action", () => {
    for (const row of rows) {
      if (row.authentication === "access" && !row.safe) assert.ok(row.audit, row.id);
      if (row.tag === "patients") assert.ok(row.audit, row.id);
      if (row.audit) assert.match(row.audit, /^[a-z]+\.[a-z_]+$/);
    }
  });

  test("SE-7 changing roles, removing, exporting and touching a factor need a fresh password", () => {
    const expected: OperationId[] = [
      "changeStaffRole",
      "changeStaffRoles",
      "addPasskey",
      "confirmSms",
      "confirmTotp",
      "createRecoveryCodes",
      "deleteCategory",
      "deleteGroup",
      "exportAuditEvents",
      "removeFactor",
      "removeStaff",
      "requestEmailChange",
      "resetStaffFactors",
      "startPasskey",
      "startSms",
      "startTotp",
      "updateInstitutionSettings",
      "withdraw",
    ];
    assert.deepEqual(
      rows
        .filter((row) => row.stepUp)
        .map((row) => row.id)
        .sort(),
      expected.sort(),
    );
  });

  test("special errors are codes of the catalogue that a server can answer", () => {
    for (const row of rows)
      for (const code of row.errors ?? []) assert.ok(errors[code].status >= 400, `${row.id} ${code}`);
  });

  test("clause 11b no operation restores backups or takes a tenant from the request", () => {
    for (const row of rows) {
      assert.doesNotMatch(`${row.id}${row.path}`, /restore|backup/i);
      const input = [...keysOf(row.params), ...keysOf(row.query), ...keysOf(row.body)];
      assert.ok(!input.some((key) => /institution|tenant|org/i.test(key)), row.id);
    }
  });
});
