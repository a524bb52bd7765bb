import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import typescript from "@rollup/plugin-typescript";

const SOURCE_CONDITION = "@welby/source";

/**
 * A package that has sources to build.
 *
 * @typedef {{ dir: string, name: string, manifest: Record<string, any>, inputs: string[] }} PublishedPackage
 */

/**
 * The packages of these folder names that have an exports map whose sources exist, in the order given.
 *
 * @param {string[]} names
 * @returns {PublishedPackage[]}
 */
export function publishedPackages(names) {
  return names.map(readPackage).filter((pkg) => pkg.inputs.length > 0);
}

/** @param {string} name @returns {PublishedPackage} */
function readPackage(name) {
  const dir = join("packages", name);
  const manifest = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
  const sources = Object.values(manifest.exports ?? {})
    .map((entry) => entry[SOURCE_CONDITION])
    .filter(Boolean);
  const commands = Object.values(manifest.bin ?? {}).map((file) =>
    file.replace(/^\.\/dist\/(.*)\.js$/, "./src/$1.ts"),
  );
  const wanted = [...new Set([...sources, ...commands])].map((file) => join(dir, file));
  const inputs = wanted.filter((file) => existsSync(file));
  // An entry of the exports map without its source would be published as a broken import.
  if (inputs.length > 0 && inputs.length < wanted.length) {
    const missing = wanted.filter((file) => !existsSync(file)).join(", ");
    console.warn(`${manifest.name}: no source for ${missing}`);
    if (process.env.CI) throw new Error(`${manifest.name} exports files that do not exist: ${missing}`);
  }
  // Not in the exports map: the entry of the browser files, bundled further by cdn-build.mjs.
  const cdnEntry = join(dir, "src/cdn.ts");
  if (existsSync(cdnEntry)) inputs.push(cdnEntry);
  return { dir, name: basename(dir), manifest, inputs };
}

/** @param {PublishedPackage} pkg @returns {import("rollup").RollupOptions} */
export function packageBuild({ dir, manifest, inputs }) {
  const outDir = join(dir, "dist");
  return {
    input: inputs,
    // Everything that is not the package's own file stays an import, tslib's helpers included:
    // bundled, they would land in dist/node_modules.
    external: (id, importer) =>
      importer !== undefined && !id.startsWith(".") && !id.startsWith("/") && !/^[A-Za-z]:\\/.test(id),
    treeshake: { moduleSideEffects: true },
    output: {
      dir: outDir,
      format: "es",
      sourcemap: true,
      preserveModules: true,
      preserveModulesRoot: join(dir, "src"),
    },
    plugins: [
      nodeResolve({ extensions: [".ts"] }),
      jsonModules(),
      typescript({
        tsconfig: join(dir, "tsconfig.json"),
        compilerOptions: {
          outDir,
          // The plugin would replace it by esnext, which does not go with nodenext resolution.
          module: "nodenext",
          // Resolve sibling packages as a consumer does: by their built declarations.
          customConditions: [],
          composite: false,
          incremental: false,
          tsBuildInfoFile: undefined,
          emitDeclarationOnly: false,
          // Without it a type error is only printed and the build still exits 0.
          noEmitOnError: true,
        },
      }),
      pruneDirectory(),
    ],
    onwarn: failOnWarning(manifest.name),
  };
}

/**
 * Publishes JSON as a module: not every runtime and bundler of a partner's imports it as it is.
 *
 * @returns {import("rollup").Plugin}
 */
function jsonModules() {
  return {
    name: "json-modules",
    transform: (code, id) =>
      id.endsWith(".json") ? { code: `export default ${code.trim()};\n`, map: { mappings: "" } } : null,
  };
}

/**
 * Deletes what an earlier build left in the directory and this one did not write, such as the old file of a renamed
 * module. After the writing, so that a build that fails leaves the last good one, and servers always find files.
 *
 * @returns {import("rollup").Plugin}
 */
export function pruneDirectory() {
  return {
    name: "prune-directory",
    writeBundle({ dir }, bundle) {
      if (!dir) return;
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        const name = relative(dir, path).replaceAll("\\", "/");
        if (entry.isFile() && !(name in bundle)) rmSync(path);
      }
    },
  };
}

/** A warning of rollup's (unresolved import, circular import …) is a defect of the published files. @param {string} name */
export function failOnWarning(name) {
  return (/** @type {import("rollup").RollupLog} */ warning) => {
    // A file of types alone has an empty module, and its declarations.
    if (warning.code === "EMPTY_BUNDLE") return;
    // What a dependency's author wrote is not ours to mend.
    const files = [warning.id, warning.loc?.file, ...(warning.ids ?? [])].filter(
      (file) => file !== undefined,
    );
    if (files.length > 0 && files.every((file) => file.includes("node_modules"))) return;
    throw new Error(`${name}: ${warning.message}`);
  };
}
