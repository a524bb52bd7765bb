import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { readCommandLine } from "../src/cli-options.ts";
import { UnusableOptions } from "../src/options.ts";
import { demoDirectory } from "./support/demo-directory.ts";
import { runSandbox, startProcess, temporaryDirectory } from "./support/sandbox-process.ts";

describe("the command line", () => {
  test("has the demo in .sandbox on port 8787 unless told otherwise", () => {
    const { options } = readCommandLine([], {});
    assert.deepEqual(options, {
      port: 8787,
      seed: "demo",
      dataDir: ".sandbox",
      localWebhooks: false,
      production: false,
      allowOrigins: [],
      trustedProxies: [],
    });
  });

  test("takes every option", () => {
    const { options, quiet } = readCommandLine(
      [
        "--port=0",
        "--data",
        "d",
        "--seed",
        "none",
        "--allow-origin",
        "http://a:1",
        "--allow-origin",
        "http://b:2",
        "--portal-origin",
        "http://c:3",
        "--quiet",
      ],
      {},
    );
    assert.deepEqual(options, {
      port: 0,
      dataDir: "d",
      seed: "none",
      allowOrigins: ["http://a:1", "http://b:2"],
      portalOrigin: "http://c:3",
      localWebhooks: false,
      production: false,
      trustedProxies: [],
    });
    assert.equal(quiet, true);
  });

  test("NODE_ENV=production is production, without the demo", () => {
    const { options } = readCommandLine([], { NODE_ENV: "production" });
    assert.deepEqual([options.production, options.seed], [true, "none"]);
  });

  test("DATABASE_URL takes the place of the directory, and is used literally", () => {
    const url = "postgres://u:$(id)'\"`@h/db";
    const { databaseUrl, dataDir } = readCommandLine([], { DATABASE_URL: url }).options;
    assert.deepEqual({ databaseUrl, dataDir }, { databaseUrl: url, dataDir: undefined });
  });

  for (const args of [
    ["--port", "x"],
    ["--port", "-1"],
    ["--seed", "everything"],
    ["--nonsense"],
    ["extra"],
    ["--data"],
  ]) {
    test(`refuses ${args.join(" ")} in words`, () => {
      assert.throws(
        () => readCommandLine(args, {}),
        (error) => error instanceof UnusableOptions && error.message.length > 10,
      );
    });
  }
});

describe("the command", () => {
  const directory = temporaryDirectory(after);

  test("--help explains every option and starts nothing", async () => {
    const { exited, output } = runSandbox(["--help"]);
    assert.deepEqual(await exited, { code: 0, signal: null });
    for (const option of [
      "--port",
      "--data",
      "--seed",
      "--allow-origin",
      "--portal-origin",
      "--production",
      "DATABASE_URL",
    ]) {
      assert.ok(output().stdout.includes(option), option);
    }
  });

  test("an option that cannot work ends it with one plain line, exit code 1, and nothing made", async () => {
    const { exited, output } = runSandbox([
      "--production",
      "--seed",
      "demo",
      "--data",
      join(directory, "never"),
    ]);
    assert.equal((await exited).code, 1);
    assert.match(output().stderr, /^Production mode refuses the demo's accounts[^\n]*\n$/);
    assert.equal(existsSync(join(directory, "never")), false);
  });

  test("a database that holds the demo is refused under NODE_ENV=production, with exit code 1", async () => {
    const data = await demoDirectory();
    const { exited, output } = runSandbox(["--port", "0", "--data", data], { NODE_ENV: "production" });
    assert.equal((await exited).code, 1);
    assert.match(output().stderr, /^Production mode refuses this database[^\n]*\n$/);
  });

  test("prints the address, the sign-ins, the TOTP secret and the outbox, and a second one on its directory is refused (A-111)", async () => {
    const data = join(directory, "shared");
    const first = await startProcess(["--port", "0", "--data", data]);
    const { stdout } = first.output();
    for (const shown of [
      `${first.url}/outbox`,
      "suzuki@minato.example.jp",
      "asagao-tegami-koharu-7",
      "K5SWYYTZIRSW23ZNKBXXE5DBNQWWIZLN",
    ]) {
      assert.ok(stdout.includes(shown), shown);
    }
    const second = runSandbox(["--port", "0", "--data", data]);
    assert.equal((await second.exited).code, 1);
    assert.match(
      second.output().stderr,
      new RegExp(
        `used by the running process ${first.child.pid}\\. Stop it first, or choose another directory by --data\\.\\n$`,
      ),
    );
    assert.equal((await fetch(`${first.url}/health`)).status, 200, "the first should still serve");

    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const running = signal === "SIGTERM" ? first : await startProcess(["--port", "0", "--data", data]);
      running.child.kill(signal);
      assert.deepEqual(
        await running.exited,
        { code: 0, signal: null },
        `${signal}: ${JSON.stringify(running.output())}`,
      );
    }
    assert.deepEqual(existsSync(join(data, "lock.1")), false);
  });

  test("A-007 a DATABASE_URL with shell characters reaches no shell, and its password no output", async () => {
    const proof = join(directory, "pwned");
    const password = `pa$(touch ${proof})\`touch ${proof}\`;"'`;
    const { exited, output } = runSandbox(["--port", "0"], {
      DATABASE_URL: `postgres://u:${encodeURIComponent(password)}@127.0.0.1:1/$(touch%20${proof})`,
    });
    assert.equal((await exited).code, 1);
    assert.match(output().stderr, /could not start\. ECONNREFUSED/);
    assert.doesNotMatch(output().stderr + output().stdout, /pa\$|pwned/);
    assert.equal(existsSync(proof), false);
  });
});
