// What a page downloads of the client, brotli, by the moment it needs it: `node packages/sdk/scripts/size.mjs`.
import { constants, brotliCompressSync } from "node:zlib";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { rollup } from "rollup";
import ts from "typescript";

/** Types are checked elsewhere. */
const transpile = {
  name: "transpile",
  transform: (/** @type {string} */ code, /** @type {string} */ id) =>
    id.endsWith(".ts")
      ? {
          code: ts.transpileModule(code, {
            compilerOptions: {
              target: ts.ScriptTarget.ES2022,
              module: ts.ModuleKind.ESNext,
              verbatimModuleSyntax: true,
            },
          }).outputText,
          map: null,
        }
      : undefined,
};

const bundle = await rollup({
  input: "packages/sdk/src/index.ts",
  plugins: [
    nodeResolve({
      browser: true,
      extensions: [".ts", ".js"],
      exportConditions: ["@welby/source", "browser", "production"],
    }),
    transpile,
    terser({ ecma: 2022, module: true, compress: { passes: 2 }, format: { comments: false } }),
  ],
  onwarn: (warning) => console.warn(warning.message),
});
const { output } = await bundle.generate({
  dir: "packages/sdk/build",
  format: "es",
  generatedCode: "es2015",
});
const chunks = new Map(
  output.filter((file) => file.type === "chunk").map((chunk) => [chunk.fileName, chunk]),
);
const bytes = (/** @type {import("rollup").OutputChunk} */ chunk) =>
  brotliCompressSync(chunk.code, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  }).length;

/** The files that a static import of these brings. */
const closure = (/** @type {string[]} */ names, found = new Set()) => {
  for (const name of names)
    if (chunks.has(name) && !found.has(name))
      closure([...chunks.get(found.add(name) && name).imports], found);
  return found;
};
const named = (/** @type {RegExp} */ pattern) =>
  [...chunks.values()]
    .filter((chunk) => Object.keys(chunk.modules).some((id) => pattern.test(id)))
    .map((chunk) => chunk.fileName);
const entry = closure(named(/sdk\/src\/client\.ts$/));
const signIn = closure([
  ...entry,
  ...named(/sdk\/src\/engine\.ts$|transport\/axios\.ts$|operations\/auth\.ts$/),
]);
const sum = (/** @type {Iterable<string>} */ names) =>
  [...names].reduce((total, name) => total + bytes(chunks.get(name)), 0);

for (const chunk of chunks.values()) {
  const parts = Object.entries(chunk.modules)
    .map(([id, { renderedLength }]) => [id.replace(/.*(node_modules|packages)\//, ""), renderedLength])
    .filter(([, length]) => length > 0)
    .sort((a, b) => b[1] - a[1]);
  console.log(`${String(bytes(chunk)).padStart(7)}  ${chunk.fileName}`);
  if (process.argv.includes("--parts"))
    for (const [id, length] of parts.slice(0, 40))
      console.log(`           ${String(length).padStart(6)}  ${id}`);
}
console.log(
  `\neager ${sum(entry)} B, until a sign-in completes ${sum(signIn)} B, everything ${sum(chunks.keys())} B`,
);
await bundle.close();
