import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { buildPath, buildQuery, isBelow } from "../../src/pipeline/path.ts";

describe("the path builder", () => {
  test("encodes a value as one segment", () => {
    assert.equal(
      buildPath("/v1/staff/{staffId}/role", { staffId: "a b?c#d&e" }),
      "/v1/staff/a%20b%3Fc%23d%26e/role",
    );
  });

  const refused = [
    "",
    ".",
    "..",
    "../admin",
    "..\\admin",
    "a/b",
    "a\\b",
    "//evil.example",
    "https://evil.example",
    "%2e%2e",
    "%2E%2e%2Fadmin",
    "a%2fb",
    "a%5Cb",
    "a\0b",
    "a\nb",
    "a%00b",
    "a%0d%0ab",
    "\ud800",
    "x".repeat(201),
  ];
  for (const value of refused) {
    test(`A-010 refuses ${JSON.stringify(value).slice(0, 40)}`, () => {
      assert.equal(buildPath("/v1/staff/{staffId}", { staffId: value }), null);
    });
  }

  test("refuses a value that is missing, inherited or no text", () => {
    for (const params of [
      {},
      { staffId: 7 },
      { staffId: ["a"] },
      Object.create({ staffId: "a" }) as object,
    ]) {
      assert.equal(buildPath("/v1/staff/{staffId}", params as Record<string, unknown>), null);
    }
  });

  test("never lets a value change the shape of the path (property)", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.webPath(), fc.webUrl()),
        (value) => {
          const path = buildPath("/v1/staff/{staffId}/role", { staffId: value });
          if (path === null) return;
          const url = new URL(`https://api.example.jp${path}`);
          assert.equal(url.href, `https://api.example.jp${path}`);
          assert.equal(url.pathname.split("/").length, 5);
          assert.equal(decodeURIComponent(url.pathname.split("/")[3] ?? ""), value);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("leaves undefined values out of a query and encodes the others", () => {
    assert.equal(buildQuery({ limit: 20, cursor: "a=b&c", none: undefined }), "?limit=20&cursor=a%3Db%26c");
    assert.equal(buildQuery({ cursor: undefined }), "");
  });

  test("recognises what is below the base URL", () => {
    assert.ok(isBelow("https://api.example.jp/welby", "https://api.example.jp/welby/v1/staff"));
    for (const url of [
      "https://api.example.jp/welby-evil/v1",
      "https://api.example.jp.evil.example/v1",
      "https://api.example.jp/welby/../v1",
      "//evil.example/v1",
      "https://api.example.jp/welby/v1\\x",
    ]) {
      assert.ok(!isBelow("https://api.example.jp/welby", url), url);
    }
  });
});
