import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { ApiTarget, Transcript } from "@welby/backend/testing";
import { build } from "vite";

const { resolve } = createRequire(import.meta.url);

/** The script of the page, bundled from the packages' sources. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["@welby/source", "browser", "module", "import"] },
    build: {
      write: false,
      minify: false,
      target: "es2022",
      rollupOptions: {
        input: fileURLToPath(new URL("./page.ts", import.meta.url)),
        output: { codeSplitting: false, format: "es" },
      },
    },
  });
  const [output] = [result].flat();
  if (!output || !("output" in output)) throw new Error("Vite built nothing");
  return output.output[0].code;
}

export interface PageServer {
  readonly origin: string;
  /** What the suite in the page may ask for while it runs. */
  controls: Pick<ApiTarget, "advance" | "mails"> | null;
  /** The transcript of the page that finishes next. @throws Error with the page's own error */
  finished(): Promise<Transcript>;
  close(): Promise<void>;
}

/** What the page sends along: its wishes, and at last its transcript or its error. */
interface Asked {
  readonly ms: number;
  readonly to: string;
  readonly atLeast: number;
  readonly transcript: Transcript;
  readonly error?: string;
}

/** Serves the page, MSW's worker and the controls on a free port of localhost. */
export async function startPageServer(): Promise<PageServer> {
  const files = new Map([
    ["/", { type: "text/html; charset=utf-8", body: PAGE }],
    ["/suite.js", { type: "text/javascript", body: await bundle() }],
    [
      "/mockServiceWorker.js",
      { type: "text/javascript", body: await readFile(resolve("msw/mockServiceWorker.js"), "utf8") },
    ],
  ]);
  let settle: (answer: Promise<Transcript>) => void = () => undefined;

  async function control(request: IncomingMessage, what: string): Promise<unknown> {
    const { ms, to, atLeast, transcript, error } = JSON.parse(await text(request)) as Asked;
    if (what === "advance") return (await pageServer.controls?.advance(ms)) ?? null;
    if (what === "mails") return pageServer.controls?.mails(to, atLeast);
    settle(error === undefined ? Promise.resolve(transcript) : Promise.reject(new Error(error)));
    return null;
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = files.get(pathname);
    if (file) return void response.writeHead(200, { "content-type": file.type }).end(file.body);
    if (!pathname.startsWith("/control/")) return void response.writeHead(404).end();
    control(request, pathname.slice("/control/".length)).then(
      (answer) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "localhost", listening));
  const pageServer: PageServer = {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    controls: null,
    finished: () => new Promise((resolveWith) => (settle = resolveWith)),
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
  return pageServer;
}

const PAGE = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>API conformance</title>
<link rel="icon" href="data:,"><script type="module" src="/suite.js"></script></html>`;
