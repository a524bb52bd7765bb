import { existsSync } from "node:fs";
import { join } from "node:path";
import { constants, brotliCompressSync } from "node:zlib";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { failOnWarning, pruneDirectory } from "./package-build.mjs";

/** What every page with an element loads before it paints; what these files import comes with them. */
const ON_EVERY_PAGE = [
  "define/provider.js",
  "internal/base-element.js",
  "internal/unique-id.js",
  "controllers/localize.js",
  "controllers/light-dom.js",
  "theme/tokens.css.js",
  "theme/controls.css.js",
  "forms/field.js",
  "forms/password-template.js",
  "forms/password-field.messages.js",
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
        generatedCode: "es2015",
        // One file instead of many small ones, which compress worse and cost a round trip each.
        manualChunks: { base: ON_EVERY_PAGE.map((file) => join(elements.dir, "dist", file)) },
      },
      plugins: [
        // `browser` is required for axios, which otherwise brings its Node adapter.
        nodeResolve({ browser: true, exportConditions: ["browser", "production"] }),
        terser({ ecma: 2022, module: true, compress: { passes: 2 }, format: { comments: false } }),
        precompress(),
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
