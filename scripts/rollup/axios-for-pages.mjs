// axios for the browser files: the core and the fetch adapter, without what the sealed transport can never reach.
// The npm packages import axios whole; why this one does not, and what it gives, is docs/decisions/0013.
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

const axios = join(dirname(createRequire(import.meta.url).resolve("axios/package.json")), "lib");

/**
 * Files of axios that no request of packages/sdk/src/transport/axios.ts reaches, and what stands in for them. That
 * file names the adapter, hands text in and takes text out, has no parameters, forms, cookies, progress listeners or
 * cancel tokens, and checks its own settings.
 *
 * @type {Readonly<Record<string, string>>}
 */
const STAND_INS = {
  "adapters/adapters.js": `
    import { getFetch } from "./fetch.js";
    import AxiosError from "../core/AxiosError.js";
    export default {
      getAdapter(name, config) {
        if (name === "fetch") return getFetch(config);
        throw new AxiosError("This build of axios has the fetch adapter only", "ERR_NOT_SUPPORT");
      },
    };`,
  "defaults/index.js": "export default {};",
  "helpers/buildURL.js": `
    export default (url, params) => {
      if (params) throw new TypeError("This build of axios takes no params");
      return url;
    };`,
  "platform/index.js": `
    const origin = globalThis.location?.href ?? "http://localhost";
    export default { origin, hasStandardBrowserEnv: typeof document !== "undefined", classes: {} };`,
  "core/assertParamsAcyclic.js": "export default () => {};",
  "core/createMultipartBody.js": unreachable("forms"),
  "core/setFormDataHeaders.js": unreachable("forms"),
  "helpers/cookies.js": "export default { read: () => null };",
  "helpers/isURLSameOrigin.js": "export default () => false;",
  "helpers/estimateDataURLDecodedBytes.js": unreachable("data: addresses"),
  "helpers/progressEventReducer.js": `
    const unreachable = () => { throw new TypeError("This build of axios has no progress events"); };
    export { unreachable as progressEventReducer, unreachable as progressEventDecorator, unreachable as asyncDecorator };`,
};

/** @param {string} what */
function unreachable(what) {
  return `export default () => { throw new TypeError("This build of axios has no ${what}"); };`;
}

const ENTRY = "\0axios-for-pages";

/** @returns {import("rollup").Plugin} */
export function axiosForPages() {
  return {
    name: "axios-for-pages",
    resolveId(id) {
      return id === "axios" ? ENTRY : undefined;
    },
    load(id) {
      if (id === ENTRY) return entry();
      return STAND_INS[relative(axios, id).replaceAll("\\", "/")]?.trim();
    },
    transform(code, id) {
      if (!id.startsWith(axios)) return undefined;
      if (id === join(axios, "utils.js")) return { code: namedExports(code), map: null };
      // Named, so that the functions that nobody uses can be left out.
      return {
        code: code
          .replace(/^import utils from (['"].*utils\.js['"])/m, "import * as utils from $1")
          .replace("const { isFunction } = utils;", "const isFunction = utils.isFunction;"),
        map: null,
      };
    },
  };
}

/** What `axios.create().request` does for a client without defaults and interceptors, with axios's own parts. */
function entry() {
  const from = (/** @type {string} */ file) => JSON.stringify(join(axios, file));
  return `
    import dispatchRequest from ${from("core/dispatchRequest.js")};
    import mergeConfig from ${from("core/mergeConfig.js")};
    import AxiosHeaders from ${from("core/AxiosHeaders.js")};
    export { default as AxiosError } from ${from("core/AxiosError.js")};
    const request = async (given) => {
      const config = mergeConfig({}, given);
      config.method = config.method.toLowerCase();
      config.headers = AxiosHeaders.concat(undefined, config.headers);
      return dispatchRequest(config);
    };
    export default { create: () => ({ defaults: {}, request }) };`;
}

/** `export default { a, b: c }` as `export { a, c as b }`. @param {string} code */
function namedExports(code) {
  const match = /export default \{([^{}]*)\};?\s*$/.exec(code);
  if (!match)
    throw new Error("axios/lib/utils.js is not what it was: look at scripts/rollup/axios-for-pages.mjs");
  const names = (match[1] ?? "").replace(/\/\/.*$/gm, "").replace(/(\w+)\s*:\s*(\w+)/g, "$2 as $1");
  const rest = code.slice(0, match.index).replace(/= ((?:kindOf|typeOf)Test\()/g, "= /* @__PURE__ */ $1");
  return `${rest}export {${names}};`;
}
