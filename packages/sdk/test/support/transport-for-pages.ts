import { mkdtemp, rm } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import { axiosForPages } from "../../../../scripts/rollup/axios-for-pages.mjs";
import type { axiosTransport } from "../../src/transport/axios.ts";

const source = (name: string) => fileURLToPath(new URL(`../../src/transport/${name}`, import.meta.url));

/** The transport with the lighter axios of the browser files, bundled as those are and loaded into this process. */
export async function loadTransportForPages(): Promise<typeof axiosTransport> {
  const bundle = await rollup({
    input: source("axios.ts"),
    plugins: [
      {
        // The tests' own, so that they recognise its failures.
        name: "failures",
        resolveId: (id) =>
          id === "./transport.ts"
            ? { id: pathToFileURL(source("transport.ts")).href, external: "absolute" }
            : undefined,
      },
      axiosForPages(),
      nodeResolve({ browser: true, exportConditions: ["browser", "production"] }),
      {
        name: "types",
        transform: (code, id) =>
          id.endsWith(".ts") ? { code: stripTypeScriptTypes(code), map: null } : undefined,
      },
    ],
  });
  const directory = await mkdtemp(join(tmpdir(), "welby-transport-"));
  try {
    const file = join(directory, "axios.mjs");
    await bundle.write({ file, format: "es" });
    const loaded = (await import(pathToFileURL(file).href)) as { axiosTransport: typeof axiosTransport };
    return loaded.axiosTransport;
  } finally {
    await bundle.close();
    await rm(directory, { recursive: true });
  }
}
