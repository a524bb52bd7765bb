import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { errors, operations } from "@welby/contract";
import { apiPage, PAGE } from "../docs/api-table.mjs";

const page = apiPage();
const lineOf = (id: string) => page.split("\n").find((line) => line.startsWith(`| \`${id}\``)) ?? "";

describe("the page of the API", () => {
  test("is the one that the contract makes; `npm run docs:api` renews it", () => {
    assert.equal(readFileSync(PAGE, "utf8"), page);
  });

  test("has every operation and every error code, once each", () => {
    const first = page.split("\n").flatMap((line) => /^\| `(\w+)`/.exec(line)?.[1] ?? []);
    assert.deepEqual(first.sort(), [...Object.keys(operations), ...Object.keys(errors)].sort());
  });

  // Written by hand: the table has to say what the contract means.
  for (const [id, cells] of [
    ["deleteGroup", "| `DELETE /v1/groups/{groupId}` | admin | yes | optional | yes |  |"],
    ["createGroup", "| admin, staff |  | required |  | `duplicate_name` `limit_reached` |"],
    ["refreshToken", "| `POST /v1/auth/token` | refresh token |"],
    ["getMeta", "| `GET /v1/meta` | anybody |  |  |  |  |"],
    ["getMe", "| `GET /v1/me` | anybody signed in |"],
    ["withdraw", "| patient | yes |"],
    ["last_admin", "| 409 |  | 管理者が1人もいなくなるため、変更できません。"],
    ["connection_failed", "| client | yes | 通信できませんでした。"],
  ] as const) {
    test(`says of ${id} what the contract means`, () => assert.ok(lineOf(id).includes(cells), lineOf(id)));
  }
});
