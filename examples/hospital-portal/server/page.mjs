// An HTML page: the file with a fresh nonce and the address of the API filled in.
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";

const pages = new Map([
  ["/", "index.html"],
  ["/patients", "patients.html"],
  ["/staff", "staff.html"],
  ["/password-reset", "password-reset.html"],
  ["/my", "my.html"],
  ["/my/sign-in", "my-sign-in.html"],
]);

/**
 * @param {string} path
 * @param {{ apiUrl: string, clientId: string }} settings
 */
export async function page(path, { apiUrl, clientId }) {
  const name = pages.get(path.replace(/\.html$/, ""));
  if (!name) return undefined;
  const nonce = randomBytes(16).toString("base64");
  const template = await readFile(new URL(`../public/${name}`, import.meta.url), "utf8");
  const filled = template
    .replaceAll("{{nonce}}", nonce)
    .replaceAll("{{api}}", attribute(apiUrl))
    .replaceAll("{{client}}", attribute(clientId));
  const body = Buffer.from(filled);
  return { type: "text/html; charset=utf-8", nonce, body, brotli: () => brotliCompressSync(body) };
}

/** @param {string} value */
function attribute(value) {
  return value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
