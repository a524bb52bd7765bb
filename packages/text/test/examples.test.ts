import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";

const source = new URL("../src/", import.meta.url);
const files = readdirSync(source).map((name) => new URL(name, source));
const modules = (await Promise.all(files.map((file) => import(file.href)))) as object[];
const everything: object = Object.assign({}, ...modules);

// `call(…); // value`, in a docstring or the README; values cut short with … are left to the other tests.
const EXAMPLE = /^(?: \* )?(\w.*); \/\/ ("[^"\n]*"|\d+|true|false|undefined|\{[^…\n]*\})$/gm;

describe("examples in the documentation", () => {
  for (const file of [...files, new URL("../README.md", import.meta.url)]) {
    for (const [, call = "", value = ""] of readFileSync(file, "utf8").matchAll(EXAMPLE)) {
      // The README builds its search key on the line before.
      const scope = { key: "たかはしはなこ", ...everything };
      it(`${call} is ${value}`, () => {
        assert.equal(
          inspect(runInNewContext(call.replace(")!", ")"), scope)),
          inspect(runInNewContext(`(${value})`)),
        );
      });
    }
  }
});
