import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** EM-1: what a hospital's portal may demand of every component. */
const policy = (nonce: string, api: string) =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'nonce-${nonce}'`,
    `connect-src ${api}`,
    "img-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html 'allow-duplicates'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** The page's modules, from the packages' sources, with the lazy parts as chunks of their own. */
async function bundle(): Promise<Map<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["@welby/source", "browser", "module", "import"] },
    build: {
      write: false,
      minify: false,
      target: "es2022",
      // Its preload links would need a permission of their own.
      modulePreload: false,
      rollupOptions: { input: fileURLToPath(new URL("./page.ts", import.meta.url)) },
    },
  });
  const [output] = [result].flat();
  if (!output || !("output" in output)) throw new Error("Vite built nothing");
  const [entry] = output.output;
  const files = new Map<string, string>();
  for (const file of output.output) {
    if (file.type === "chunk") files.set(`/${file.fileName}`, file.code);
  }
  return files.set("entry", `/${entry.fileName}`);
}

export interface HarnessServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the harness page under the strict policy on a free port of localhost. */
export async function startHarness(api: string): Promise<HarnessServer> {
  const files = await bundle();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const script = files.get(pathname);
    if (script !== undefined) {
      return void response.writeHead(200, { "content-type": "text/javascript; charset=utf-8" }).end(script);
    }
    if (pathname !== "/") return void response.writeHead(404).end();
    const nonce = randomBytes(16).toString("base64");
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy(nonce, api),
    });
    response.end(`<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>Every story</title></head>
<body><script type="module" nonce="${nonce}" src="${files.get("entry")}"></script></body></html>`);
  });
  await new Promise<void>((listening) => server.listen(0, "localhost", listening));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
