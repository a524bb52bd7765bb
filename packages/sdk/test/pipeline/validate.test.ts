import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operations, type OperationRow } from "@welby/contract";
import { validateInput } from "../../src/pipeline/validate.ts";
import { ID } from "../support/answers.ts";

const errorsOf = (operation: OperationRow, input: unknown) => {
  const result = validateInput(operation, input);
  return result.ok ? [] : result.fieldErrors;
};
const partsOf = (operation: OperationRow, input: unknown) => {
  const result = validateInput(operation, input);
  assert.ok(result.ok, JSON.stringify(result));
  return result.parts;
};

describe("the check of an input", () => {
  test("takes a flat input apart into path, body and version", () => {
    assert.deepEqual(partsOf(operations.changeStaffRole, { staffId: ID, role: "admin", version: 3 }), {
      params: { staffId: ID },
      query: {},
      body: { role: "admin" },
      version: 3,
    });
  });

  test("leaves undefined query values out", () => {
    assert.deepEqual(partsOf(operations.listStaff, { limit: 5, cursor: undefined }).query, { limit: 5 });
  });

  test("shows an unknown key instead of dropping it", () => {
    assert.deepEqual(
      errorsOf(operations.addStaff, {
        name: { family: "佐藤", given: "光" },
        email: "a@example.jp",
        orgId: "x",
      }),
      [{ path: "orgId", code: "unknown_key" }],
    );
    assert.deepEqual(errorsOf(operations.listStaff, { lmit: 5 }), [{ path: "lmit", code: "unknown_key" }]);
    assert.deepEqual(errorsOf(operations.getMe, { id: ID }), [{ path: "id", code: "unknown_key" }]);
  });

  test("A-091 takes __proto__ for an unknown key", () => {
    const input = JSON.parse('{"name":"外来A","__proto__":{"admin":true}}') as object;
    assert.deepEqual(errorsOf(operations.createGroup, input), [{ path: "__proto__", code: "unknown_key" }]);
  });

  test("tells what is missing and what is wrong by place and rule, never by value", () => {
    const errors = errorsOf(operations.signIn, { audience: "staff", password: "p".repeat(600) });
    assert.deepEqual(errors, [
      { path: "loginId", code: "required" },
      { path: "password", code: "too_big" },
    ]);
  });

  test("does not repeat a key that is no plain name", () => {
    assert.deepEqual(errorsOf(operations.getMe, { "sato@example.jp": 1 }), [
      { path: "?", code: "unknown_key" },
    ]);
  });

  for (const version of [undefined, 0, -1, 1.5, "3", Number.NaN]) {
    test(`asks for the version that a change is based on (${String(version)})`, () => {
      assert.deepEqual(
        errorsOf(operations.putPatientGroups, { patientId: ID, groupIds: [], version }).map(
          ({ path }) => path,
        ),
        ["version"],
      );
    });
  }

  for (const id of ["../admin", "https://evil.example/x", "//evil.example", "", "1"]) {
    test(`A-010 refuses ${JSON.stringify(id)} as an id`, () => {
      assert.deepEqual(
        errorsOf(operations.getStaff, { staffId: id }).map(({ path }) => path),
        ["staffId"],
      );
    });
  }

  test("refuses an input that is no object", () => {
    for (const input of [null, "x", 5, [], undefined])
      assert.ok(errorsOf(operations.createGroup, input).length > 0);
  });

  test("does not read inherited properties", () => {
    assert.ok(errorsOf(operations.createGroup, Object.create({ name: "外来A" })).length > 0);
  });
});
