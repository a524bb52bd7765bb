import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createMock, people, scenarios } from "@welby/mock";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

function example(name: string): string {
  const [, code] = new RegExp(`\`\`\`ts\\n// example: ${name}\\n([\\s\\S]*?)\`\`\``).exec(readme) ?? [];
  assert.ok(code, `the README has no example ${name}`);
  return code;
}

describe("the README", () => {
  test("has an example for node:test that passes as it stands", async () => {
    const folder = new URL("../../../build/readme/", import.meta.url);
    const file = new URL("mock.test.ts", folder);
    await mkdir(folder, { recursive: true });
    await writeFile(file, example("node:test"));
    const args = ["--conditions=@welby/source", "--test", "--test-reporter=tap", fileURLToPath(file)];
    // Inside a test run, Node's runner would take the child for a part of itself.
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    assert.match(stdout, /^# pass 2$/m);
  });

  test("has an example of faults that can be set as they stand", async () => {
    const mock = createMock();

    new Function("mock", example("faults"))(mock);
    await mock.use("demo");
  });

  test("names every scenario and every person", () => {
    for (const name of [...Object.keys(scenarios), ...Object.keys(people)]) {
      assert.ok(readme.includes(`\`${name}\``), name);
    }
  });
});
