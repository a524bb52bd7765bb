import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FOLDER = `${ROOT}build/examples/sdk`;

/** What the examples take for granted. */
const AROUND = `
import type { WelbyClient } from "@welby/sdk";
declare global {
  const client: WelbyClient;
  const [baseUrl, clientId, password, newPassword, code, staffId]: string[];
  const error: unknown;
  function showMessage(message: string): void;
  function offerRetry(): void;
  function showPortal(me: unknown): void;
}
`.replace(/const \[(.*)\]: string\[\];/, (_, names: string) =>
  names
    .split(", ")
    .map((name) => `const ${name}: string;`)
    .join("\n  "),
);

/** Examples in docstrings, and the blocks of the README. */
async function examples(): Promise<[string, string][]> {
  const found: [string, string][] = [];
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  for (const [, code = ""] of readme.matchAll(/```ts\n([\s\S]*?)```/g)) found.push(["readme", code]);
  for (const file of globSync("packages/sdk/src/**/*.ts", { cwd: ROOT })) {
    const source = await readFile(`${ROOT}${file}`, "utf8");
    for (const [, block = ""] of source.matchAll(/@example([\s\S]*?)(?=\n\s*\*\s*@|\*\/)/g)) {
      found.push([
        `${file.includes("/pipeline/") ? `pipeline-${basename(file, ".ts")}` : basename(file, ".ts")}`,
        block.replace(/^\s*\* ?/gm, ""),
      ]);
    }
  }
  return found;
}

const IMPORTS: Record<string, string> = {
  createClient: "@welby/sdk",
  isWelbyError: "@welby/sdk",
  memoryStore: "@welby/sdk/stores",
  buildPath: "../../../packages/sdk/src/pipeline/path.ts",
  parseRetryAfter: "../../../packages/sdk/src/pipeline/retry-after.ts",
};

test("every example in the README and the docstrings compiles", async () => {
  const all = await examples();
  assert.ok(all.length >= 7, `only ${all.length} examples were found`);
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  for (const [index, [name, code]] of all.entries()) {
    const missing = Object.keys(IMPORTS).filter(
      (used) => new RegExp(`\\b${used}\\(`).test(code) && !code.includes("import {"),
    );
    const imports = missing.map((used) => `import { ${used} } from "${IMPORTS[used]}";`).join("\n");
    await writeFile(`${FOLDER}/${index}-${name}.ts`, `${imports}\n${code}\nexport {};\n`);
  }
  await writeFile(`${FOLDER}/around.ts`, AROUND);
  await writeFile(
    `${FOLDER}/tsconfig.json`,
    JSON.stringify({
      extends: "../../../tsconfig.base.json",
      compilerOptions: {
        composite: false,
        declaration: false,
        declarationMap: false,
        emitDeclarationOnly: false,
        noEmit: true,
        noUnusedLocals: false,
        allowImportingTsExtensions: true,
        rewriteRelativeImportExtensions: false,
        lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
      },
      include: ["*.ts"],
    }),
  );
  const outcome = await promisify(execFile)(process.execPath, [
    `${ROOT}node_modules/typescript-native/bin/tsc`,
    "-p",
    FOLDER,
  ]).then(
    () => "",
    (error: { stdout: string }) => error.stdout,
  );
  assert.equal(outcome, "");
});
