import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes one file with the licenses of everything that was bundled, which whoever copies the files has to pass on.
 * Fails the build for a package without one.
 *
 * @param {string} own the license file of this project
 */
export function licenses(own) {
  return {
    name: "licenses",
    generateBundle: {
      order: /** @type {const} */ ("post"),
      /** @this {import("rollup").PluginContext} @param {unknown} _options @param {import("rollup").OutputBundle} bundle */
      handler(_options, bundle) {
        const modules = Object.values(bundle).flatMap((file) =>
          file.type === "chunk" ? Object.keys(file.modules) : [],
        );
        const texts = [...new Set(modules.flatMap(packageOf))].sort().map(licenseOf);
        const source = [readFileSync(own, "utf8"), ...texts].join(`\n${"-".repeat(80)}\n\n`);
        this.emitFile({ type: "asset", fileName: "LICENSES.txt", source });
      },
    },
  };
}

/** The folder of the package that a bundled file is from; none for this project's own. @param {string} id */
function packageOf(id) {
  const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(id.replaceAll("\\", "/").replace("\0", "")) ?? [];
  return folder && existsSync(join(folder, "package.json")) ? [folder] : [];
}

/** @param {string} folder */
function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const [file] = globSync("{LICENSE,LICENCE,license}*", { cwd: folder });
  if (!file) throw new Error(`${name} is bundled, and has no license file to pass on`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8")}`;
}
