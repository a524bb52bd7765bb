import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const FOLDER = `${ROOT}build/examples/elements`;

test("the TypeScript of the READMEs compiles as it stands", async () => {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  let count = 0;
  for (const readme of ["README.md", "packages/elements/README.md"]) {
    for (const [, code = ""] of (await readFile(ROOT + readme, "utf8")).matchAll(/```ts\n([\s\S]*?)```/g)) {
      await writeFile(`${FOLDER}/${count++}.ts`, `${code}\nexport {};\n`);
    }
  }
  assert.ok(count >= 2, `only ${count} examples were found`);
  await writeFile(
    `${FOLDER}/tsconfig.json`,
    JSON.stringify({
      extends: "../../../tsconfig.tests.json",
      compilerOptions: { incremental: false, tsBuildInfoFile: null, types: [], lib: ["es2023", "dom"] },
      include: ["*.ts"],
      references: [],
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

// A partner sees the declarations only, in which an import that nothing is exported from would be gone.
for (const file of globSync("packages/elements/src/define/*.ts", { cwd: ROOT })) {
  test(`the declarations of ${file} know the tag and its events`, async () => {
    const source = await readFile(ROOT + file, "utf8");
    const { outputText } = ts.transpileDeclaration(source, { fileName: file });
    assert.match(outputText, /from "\.\.\/elements\//);
  });
}
