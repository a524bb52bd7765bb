import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkOptions } from "../src/options.ts";
import { isWelbyError } from "../src/errors/welby-error.ts";
import type { ClientOptions } from "../src/types.ts";

const base = { baseUrl: "https://api.example.jp", clientId: "demo-portal" };

describe("client options", () => {
  test("are complete and frozen after checking", () => {
    const settings = checkOptions(base);
    assert.ok(Object.isFrozen(settings));
    assert.deepEqual(
      { ...settings },
      {
        ...base,
        locale: "ja",
        store: "origin",
        tokenBinding: "dpop",
        attemptMs: 10_000,
        totalMs: 30_000,
        maxRetries: 2,
        transport: undefined,
        logger: undefined,
      },
    );
  });

  for (const baseUrl of [
    "https://api.example.jp/welby/",
    "http://localhost:8787",
    "http://127.0.0.1:8787",
    "http://[::1]:8787",
    "http://api.localhost",
  ]) {
    test(`accept ${baseUrl} as base URL`, () => {
      assert.equal(checkOptions({ ...base, baseUrl }).baseUrl, new URL(baseUrl).href.replace(/\/$/, ""));
    });
  }

  const wrong: [string, Partial<Record<keyof ClientOptions, unknown>>][] = [
    ["plain http", { baseUrl: "http://api.example.jp" }],
    ["plain http to a private address", { baseUrl: "http://192.168.1.10" }],
    ["a host that only looks like loopback", { baseUrl: "http://localhost.example.jp" }],
    ["a host that begins like loopback", { baseUrl: "http://127.0.0.1.example.jp" }],
    ["another scheme", { baseUrl: "ftp://api.example.jp" }],
    ["a script", { baseUrl: "javascript:alert(1)" }],
    ["a relative URL", { baseUrl: "/api" }],
    ["no URL at all", { baseUrl: undefined }],
    ["credentials in the URL", { baseUrl: "https://user:secret@api.example.jp" }],
    ["a query", { baseUrl: "https://api.example.jp?x=1" }],
    ["a fragment", { baseUrl: "https://api.example.jp#x" }],
    ["a client id with a line break", { clientId: "demo\r\nX-Evil: 1" }],
    ["an empty client id", { clientId: "" }],
    ["an unknown locale", { locale: "fr" }],
    ["an unknown store", { store: "localStorage" }],
    ["a store without its methods", { store: { read() {} } }],
    ["an unknown token binding", { tokenBinding: "cookie" }],
    ["a timeout of nothing", { timeoutMs: { attempt: 0 } }],
    ["an endless timeout", { timeoutMs: { total: Infinity } }],
    ["a timeout that is no number", { timeoutMs: { total: "30s" } }],
    ["half a retry", { retry: { maxRetries: 1.5 } }],
    ["retries without end", { retry: { maxRetries: 1000 } }],
    ["a transport without send", { transport: {} }],
    ["a logger without its methods", { logger: { debug() {} } }],
  ];
  for (const [name, options] of wrong) {
    test(`refuse ${name} with a typed error that repeats no value`, () => {
      try {
        checkOptions({ ...base, ...options } as ClientOptions);
      } catch (error) {
        assert.ok(isWelbyError(error));
        assert.equal(error.code, "invalid_configuration");
        assert.equal(error.name, "WelbyConfigurationError");
        assert.ok(!error.message.includes("secret"));
        return;
      }
      assert.fail("was accepted");
    });
  }
});
