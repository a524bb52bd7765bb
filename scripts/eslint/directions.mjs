/**
 * Who may import what, the picture of docs/architecture.md as data:
 *
 *   text ← contract ← sdk ← elements
 *                 ↖ backend ← mock
 *                           ← sandbox
 *
 * A name covers the package and its subpaths; `exact` covers one specifier; `only` narrows an import to files of the
 * package (below src); `typeOnly` allows it for types alone.
 *
 * @typedef {{ name?: string, exact?: string, only?: RegExp, typeOnly?: boolean, why?: string }} Allowed
 */

/** @type {Record<string, Allowed[]>} */
export const DIRECTIONS = {
  text: [],
  contract: [
    { name: "@welby/text" },
    { exact: "zod/mini" },
    { name: "zod-openapi", only: /^openapi/, why: "the document is made at build time, never in a browser" },
  ],
  sdk: [
    { name: "@welby/text" },
    { name: "@welby/contract" },
    { exact: "zod/mini" },
    {
      name: "axios",
      only: /^transport\/axios\.ts$/,
      why: "its errors hold passwords and tokens, so one file seals it",
    },
    { name: "jose", only: /^server\//, why: "a browser signs its proofs with WebCrypto alone" },
  ],
  elements: [
    { name: "@welby/text" },
    { exact: "@welby/sdk" },
    { exact: "@welby/sdk/errors" },
    { exact: "@welby/contract/errors" },
    { exact: "@welby/contract/permissions" },
    { exact: "@welby/contract/policy" },
    { exact: "@welby/contract/events" },
    { name: "lit" },
    { name: "@lit/localize" },
    { name: "@lit/task" },
  ],
  backend: [
    { name: "@welby/text" },
    { name: "@welby/contract" },
    { exact: "zod/mini" },
    { name: "hono" },
    { name: "jose" },
    {
      name: "@simplewebauthn/server",
      only: /^domain\/passkey\.ts$/,
      why: "loaded with the first passkey only; the mock stays small without",
    },
  ],
  mock: [
    { name: "@welby/backend" },
    { name: "@welby/contract" },
    {
      exact: "@welby/sdk/transport",
      typeOnly: true,
      why: "a mock that runs the client's code would hide its bugs",
    },
    { name: "msw" },
    { name: "playwright-core", only: /^playwright\//, why: "page objects are a subpath of their own" },
  ],
  sandbox: [
    { name: "@welby/text" },
    { name: "@welby/contract" },
    { name: "@welby/backend" },
    { exact: "zod/mini" },
    { name: "hono" },
    { name: "@hono/node-server" },
    { name: "@electric-sql/pglite" },
    { name: "kysely" },
    { name: "pg" },
    { name: "@node-rs/argon2" },
    { name: "nodemailer" },
    { name: "jose" },
    { name: "node:" },
  ],
};

/** Packages that run in browsers, and anywhere else: no Node there. */
export const BROWSER_PACKAGES = ["text", "contract", "sdk", "elements", "backend"];
