// Scripts and styles: the portal's own, and the kit's browser build under /welby/.
import { readFile, readdir } from "node:fs/promises";
import { compressOnce } from "./compressed.mjs";

// Module scripts are UTF-8 whatever a header says, and style sheets take the encoding of their page.
const types = new Map([
  [".js", "text/javascript"],
  [".css", "text/css"],
  [".svg", "image/svg+xml"],
]);

/** Only files that are really there can be asked for, by name: no path is ever put together from a request. */
const folders = [
  { prefix: "/portal/", url: new URL("../public/portal/", import.meta.url) },
  { prefix: "/welby/", url: new URL("../../../packages/elements/cdn/", import.meta.url) },
];

/** @typedef {{ type: string, body: Buffer, brotli: () => Buffer, immutable: boolean }} Asset */
/** @type {Map<string, Promise<Asset>>} */
const kept = new Map();

/** @param {string} path @returns {Promise<Asset | undefined>} */
export async function readAsset(path) {
  for (const { prefix, url } of folders) {
    if (!path.startsWith(prefix)) continue;
    const name = path.slice(prefix.length);
    const type = types.get(/\.\w+$/.exec(name)?.[0] ?? "");
    if (!type || !(await namesIn(url)).includes(name)) return undefined;
    const file = new URL(name, url);
    // The kit's chunks carry a hash in their names; what a developer is editing must not be kept.
    const immutable = /-[\w-]{8}\.js$/.test(name);
    if (!immutable) return load(file, type, false);
    const asset = kept.get(file.href) ?? load(file, type, true);
    kept.set(file.href, asset);
    return asset;
  }
  return undefined;
}

/** @param {URL} file @param {string} type @param {boolean} immutable */
async function load(file, type, immutable) {
  const body = await readFile(file);
  return { type, body, immutable, brotli: compressOnce(body) };
}

/** @param {URL} folder @returns {Promise<string[]>} */
async function namesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const root = decodeURIComponent(folder.pathname);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("//", "/").slice(root.length));
}
