import { existsSync } from "node:fs";
import { join } from "node:path";
import { constants, brotliCompressSync } from "node:zlib";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { axiosForPages } from "./axios-for-pages.mjs";
import { licenses } from "./licenses.mjs";
import { contractForPages } from "./contract-for-pages.mjs";
import { failOnWarning, pruneDirectory } from "./package-build.mjs";

/**
 * Few files instead of many small ones, which compress worse and cost headers and a round trip each. One for each
 * moment of a page: what paints any element, what any form does when it is used, and what talks to the service.
 * Everything else goes where rollup puts it.
 *
 * @type {readonly (readonly [string, RegExp])[]}
 */
const CHUNKS = [
  [
    "base",
    /node_modules\/(lit|lit-element|@lit\/reactive-element)\/|lit-html\/(is-server|lit-html)\.|elements\/(dist|src)\/(define\/provider|elements\/provider\/|internal\/(base-element|common\.messages|context|dev-warning|events|idle|lazy|messages|safe-define|safe-url|unique-id)\.|controllers\/(environment|light-dom|localize)\.|theme\/|forms\/(field|password-template|password-field\.messages|username-for-managers)\.)/,
  ],
  [
    "forms",
    /elements\/(dist|src)\/(internal\/(failure|run-action)\.|controllers\/(announcer|composition|online|retry-wait)\.|forms\/(form-controller|form\.messages|half-width-field|password-field)\.)|text\/(dist|src)\/(jst|width)\./,
  ],
  ["email", /text\/(dist|src)\/(carrier-address|email)\.|contract\/(dist|src)\/schemas\/email\./],
  [
    "client",
    /axios|\/zod\/|sdk\/(dist|src)\/(?!resources\/)|contract\/(dist|src)\/(error-codes\.|operation\.|operations\/auth\.|schemas\/(credentials|ids|primitives|problem|session)\.)/,
  ],
];

/**
 * Browser files for pages without a build step: a small entry and chunks named by their content, so that
 * the chunks may be cached for ever. Made from dist, hence from exactly what is published.
 *
 * @param {import("./package-build.mjs").PublishedPackage[]} packages
 * @returns {import("rollup").RollupOptions[]}
 */
export function cdnBuild(packages) {
  const elements = packages.find((pkg) => pkg.name === "elements");
  if (!elements || !existsSync(join(elements.dir, "src/cdn.ts"))) return [];
  const outDir = join(elements.dir, "cdn");
  return [
    {
      input: { welby: join(elements.dir, "dist/cdn.js") },
      output: {
        dir: outDir,
        format: "es",
        sourcemap: true,
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        hashCharacters: "base36",
        // Nobody looks at the namespaces of chunks that were joined.
        freeze: false,
        generatedCode: { preset: "es2015", symbols: false },
        manualChunks: (id) => CHUNKS.find(([, files]) => files.test(id.replaceAll("\\", "/")))?.[0],
        onlyExplicitManualChunks: true,
      },
      plugins: [
        axiosForPages(),
        contractForPages(),
        // `browser` is required for axios, which otherwise brings its Node adapter.
        nodeResolve({ browser: true, exportConditions: ["browser", "production"] }),
        terser({ ecma: 2022, module: true, compress: { passes: 3 }, format: { comments: false } }),
        precompress(),
        licenses("LICENSE"),
        pruneDirectory(),
      ],
      onwarn: failOnWarning("the browser files of elements"),
    },
  ];
}

/** Writes a `.br` beside every script, so that a plain file server can send it without compressing anew. */
function precompress() {
  return {
    name: "precompress",
    generateBundle: {
      order: /** @type {const} */ ("post"),
      /** @this {import("rollup").PluginContext} @param {unknown} _options @param {import("rollup").OutputBundle} bundle */
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "chunk") continue;
          this.emitFile({ type: "asset", fileName: `${file.fileName}.br`, source: brotli(file.code) });
        }
      },
    },
  };
}

/** @param {string} code */
function brotli(code) {
  const bytes = Buffer.from(code);
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
