// The portal's web server: static pages with a strict policy. A hospital would use its own; nothing here is special to the kit
// but the headers in server/policy.mjs and the address of the API that the pages are given.
import { createServer } from "node:http";
import { readAsset } from "./server/assets.mjs";
import { page } from "./server/page.mjs";
import { headersFor } from "./server/policy.mjs";

/**
 * Serves the portal on loopback.
 * @param {{ port?: number, apiUrl: string, clientId?: string }} options `port` 0 picks a free one
 * @returns {Promise<{ url: string, port: number, stop: () => Promise<void> }>}
 */
export async function startPortal({ port = 0, apiUrl, clientId = "demo-portal" }) {
  const server = createServer((request, response) => {
    answer(request, { apiUrl, clientId }).then(
      ({ status, headers, body }) => {
        // HTTP/1.1 keeps a connection without being told to, and a page's every file would say so.
        response.removeHeader("connection");
        response.writeHead(status, headers);
        response.end(request.method === "HEAD" ? undefined : body);
      },
      () => {
        response.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
        response.end("The portal could not answer.\n");
      },
    );
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(undefined));
  });
  const address = server.address();
  const actualPort = typeof address === "object" && address ? address.port : port;
  return {
    // Not 127.0.0.1: passkeys are bound to a domain.
    url: `http://localhost:${actualPort}`,
    port: actualPort,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {{ apiUrl: string, clientId: string }} settings
 */
async function answer(request, settings) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return { status: 405, headers: { allow: "GET, HEAD" }, body: "" };
  }
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  // Browsers ask for it on every page; a hospital would put its own here.
  if (path === "/favicon.ico")
    return { status: 204, headers: { "cache-control": "max-age=86400" }, body: "" };
  const encodings = String(request.headers["accept-encoding"] ?? "");
  const found = (await page(path, settings)) ?? (await readAsset(path));
  if (!found)
    return {
      status: 404,
      headers: { "content-type": "text/plain; charset=utf-8" },
      body: "ページが見つかりません。\nThis page does not exist.\n",
    };
  const brotli = /\bbr\b/.test(encodings);
  const body = brotli ? found.brotli() : found.body;
  return {
    status: 200,
    headers: {
      ...headersFor(found, settings),
      ...(brotli ? { "content-encoding": "br" } : {}),
      "content-length": body.length,
    },
    body,
  };
}
