import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";

/** The repository's own rules, on files that need not exist, hence without types. */
const untyped = new ESLint({
  overrideConfig: [
    {
      ...tseslint.configs.disableTypeChecked,
      languageOptions: { parserOptions: { projectService: false, program: null, project: false } },
      linterOptions: { reportUnusedDisableDirectives: "off" },
    },
  ],
});

async function rulesBroken(file: string, source: string, eslint = untyped): Promise<string[]> {
  const [result] = await eslint.lintText(`${source}\n`, { filePath: file });
  assert.ok(result, `${file} is ignored`);
  return result.messages.map(({ ruleId, message }) => ruleId ?? message);
}

/** Each row is planted in its file, and has to break this rule. */
// prettier-ignore
const forbidden: [why: string, file: string, rule: string, source: string][] = [
  ["text imports nothing", "packages/text/src/x.ts", "welby/import-directions", 'import "@welby/contract";'],
  ["contract does not know the sdk", "packages/contract/src/x.ts", "welby/import-directions", 'export * from "@welby/sdk";'],
  ["sdk does not know the backend", "packages/sdk/src/x.ts", "welby/import-directions", 'import { a } from "@welby/backend"; a();'],
  ["sdk does not know the mock, lazily either", "packages/sdk/src/x.ts", "welby/import-directions", 'void import("@welby/mock");'],
  ["sdk does not know the sandbox's types", "packages/sdk/src/x.ts", "welby/import-directions", 'export type A = import("@welby/sandbox").A;'],
  ["elements do not know the mock", "packages/elements/src/x.ts", "welby/import-directions", 'import "@welby/mock";'],
  ["elements do not import axios", "packages/elements/src/x.ts", "welby/import-directions", 'import axios from "axios"; axios();'],
  ["elements do not import zod", "packages/elements/src/x.ts", "welby/import-directions", 'import * as z from "zod/mini"; z.string();'],
  ["elements do not import schemas", "packages/elements/src/x.ts", "welby/import-directions", 'import "@welby/contract/schemas";'],
  ["elements do not import the contract's root", "packages/elements/src/x.ts", "welby/import-directions", 'import "@welby/contract";'],
  ["elements do not import operations", "packages/elements/src/x.ts", "welby/import-directions", 'import "@welby/contract/operations/auth";'],
  ["elements do not import a store", "packages/elements/src/x.ts", "welby/import-directions", 'import "@welby/sdk/stores";'],
  ["backend does not know the sdk", "packages/backend/src/x.ts", "welby/import-directions", 'import "@welby/sdk";'],
  ["backend does not know a database", "packages/backend/src/x.ts", "welby/import-directions", 'import "kysely";'],
  ["backend does not know MSW", "packages/backend/src/x.ts", "welby/import-directions", 'import "msw";'],
  ["mock takes no code from the sdk", "packages/mock/src/x.ts", "welby/import-directions", 'import { a } from "@welby/sdk/transport"; a();'],
  ["mock takes types from the transport only", "packages/mock/src/x.ts", "welby/import-directions", 'import type { A } from "@welby/sdk"; export type B = A;'],
  ["sandbox does not know the mock", "packages/sandbox/src/x.ts", "welby/import-directions", 'import "@welby/mock";'],
  ["sandbox does not know the sdk", "packages/sandbox/src/x.ts", "welby/import-directions", 'import "@welby/sdk";'],
  ["packages meet by name only", "packages/sdk/src/x.ts", "welby/import-directions", 'import "../../backend/src/index.ts";'],
  ["one file imports axios", "packages/sdk/src/client.ts", "welby/import-directions", 'import axios from "axios"; axios();'],
  ["one file imports axios, types included", "packages/sdk/src/client.ts", "welby/import-directions", 'import type { AxiosError } from "axios"; export type A = AxiosError;'],
  ["one file imports axios, lazily too", "packages/sdk/src/client.ts", "welby/import-directions", 'void import("axios");'],
  ["zod by name", "packages/contract/src/x.ts", "welby/import-directions", 'import { z } from "zod"; z.string();'],
  ["zod/mini by name", "packages/contract/src/x.ts", "welby/import-directions", 'import { string } from "zod/mini"; string();'],
  ["classic zod", "packages/contract/src/x.ts", "welby/import-directions", 'import * as z from "zod"; z.string();'],
  ...["text", "contract", "sdk", "elements", "backend"].flatMap(
    (name): [string, string, string, string][] => [
      [`node: in ${name}`, `packages/${name}/src/x.ts`, "welby/import-directions", 'import "node:fs";'],
      [
        `a bare Node module in ${name}`,
        `packages/${name}/src/x.ts`,
        "welby/import-directions",
        'import "fs";',
      ],
      [
        `process in ${name}`,
        `packages/${name}/src/x.ts`,
        "no-restricted-globals",
        "export const a = process.env;",
      ],
      [
        `Buffer in ${name}`,
        `packages/${name}/src/x.ts`,
        "no-restricted-globals",
        'export const a = Buffer.from("");',
      ],
      [`console.log in ${name}`, `packages/${name}/src/x.ts`, "no-console", 'console.log("a");'],
    ],
  ),
  ["styleMap", "packages/elements/src/x.ts", "no-restricted-imports", 'import { styleMap } from "lit/directives/style-map.js"; styleMap({});'],
  ["unsafeHTML", "packages/elements/src/x.ts", "no-restricted-imports", 'import { unsafeHTML } from "lit/directives/unsafe-html.js"; unsafeHTML("");'],
  ["unsafeSVG", "packages/elements/src/x.ts", "no-restricted-imports", 'import { unsafeSVG } from "lit/directives/unsafe-svg.js"; unsafeSVG("");'],
  ["unsafeCSS", "packages/elements/src/x.ts", "no-restricted-imports", 'import { unsafeCSS } from "lit"; unsafeCSS("");'],
  ["innerHTML", "packages/elements/src/x.ts", "no-restricted-syntax", 'document.body.innerHTML = "";'],
  ["insertAdjacentHTML", "packages/elements/src/x.ts", "no-restricted-syntax", 'document.body.insertAdjacentHTML("beforeend", "");'],
  ["document.write", "packages/elements/src/x.ts", "no-restricted-syntax", 'document.write("");'],
  ["a style attribute set", "packages/elements/src/x.ts", "no-restricted-syntax", 'document.body.setAttribute("style", "");'],
  ["eval", "packages/elements/src/x.ts", "no-eval", 'eval("");'],
  ["new Function", "packages/sdk/src/x.ts", "no-new-func", 'export const f = new Function("");'],
  ["a style attribute in a template", "packages/elements/src/x.ts", "lit/ban-attributes", 'import { html } from "lit"; export const t = html`<p style="color: red"></p>`;'],
  ["a style binding in a template", "packages/elements/src/x.ts", "lit/ban-attributes", 'import { html } from "lit"; export const t = html`<p style=${"a"}></p>`;'],
  ["Japanese text in a template", "packages/elements/src/x.ts", "welby/no-template-text", 'import { html } from "lit"; export const t = html`<p>保存する</p>`;'],
  ["text after a binding", "packages/elements/src/x.ts", "welby/no-template-text", 'import { html } from "lit"; export const t = html`<p>${1}名</p>`;'],
  ["a spoken attribute", "packages/elements/src/x.ts", "welby/no-template-text", 'import { html } from "lit"; export const t = html`<p aria-label="閉じる"></p>`;'],
  ["an image without alt", "packages/elements/src/x.ts", "lit-a11y/alt-text", 'import { html } from "lit"; export const t = html`<img src="a.png" />`;'],
  ["a click without a key", "packages/elements/src/x.ts", "lit-a11y/click-events-have-key-events", 'import { html } from "lit"; export const t = html`<div @click=${() => {}}></div>`;'],
  ["broken markup", "packages/elements/src/x.ts", "lit/no-invalid-html", 'import { html } from "lit"; export const t = html`<p id="a"class="b"></p>`;'],
  ["attributes set in a constructor", "packages/elements/src/x.ts", "wc/no-constructor-attributes", 'import { LitElement } from "lit"; export class A extends LitElement { constructor() { super(); this.setAttribute("a", "b"); } }'],
];

/** What the rules must leave alone. */
// prettier-ignore
const allowed: [why: string, file: string, source: string][] = [
  ["the one axios file", "packages/sdk/src/transport/axios.ts", 'import axios from "axios"; axios();'],
  ["the one axios file, lazily", "packages/sdk/src/client.ts", 'void import("./transport/axios.ts");'],
  ["zod/mini as a namespace", "packages/contract/src/x.ts", 'import * as z from "zod/mini"; z.string();'],
  ["the sdk's public types in elements", "packages/elements/src/x.ts", 'import { WelbyError } from "@welby/sdk"; export const a = WelbyError;'],
  ["the zod-free contract in elements", "packages/elements/src/x.ts", 'import { a } from "@welby/contract/errors"; a();'],
  ["the transport's types in the mock", "packages/mock/src/x.ts", 'import type { A } from "@welby/sdk/transport"; export type B = A;'],
  ["Node in the sandbox", "packages/sandbox/src/x.ts", 'import "node:fs"; export const a = process.env;'],
  ["the mock in an element's test", "packages/elements/src/elements/login/test/login.test.ts", 'import "@welby/mock";'],
  ["the mock in an element's story", "packages/elements/src/elements/login/login.stories.ts", 'import "@welby/mock";'],
  ["a template of bindings", "packages/elements/src/x.ts", 'import { html } from "lit"; export const t = html`<p class="a">${1} / <b aria-label=${"b"}>${2}</b> › &nbsp;</p>`;'],
  ["an arrow in a binding", "packages/elements/src/x.ts", 'import { html } from "lit"; export const t = html`<button type="button" @click=${() => {}}>${1}</button>`;'],
];

describe("the lint configuration refuses", () => {
  for (const [why, file, rule, source] of forbidden) {
    test(why, async () => {
      const broken = await rulesBroken(file, source);
      assert.ok(broken.includes(rule), `${rule} did not fire, only: ${broken.join(", ") || "nothing"}`);
    });
  }

  test("a promise that nobody waits for", async () => {
    // A typed rule, so the source stands in for a file that belongs to a project.
    const broken = await rulesBroken(
      "scripts/test/lint.test.ts",
      "async function f(): Promise<void> {}\nf();",
      new ESLint(),
    );
    assert.deepEqual(broken, ["@typescript-eslint/no-floating-promises"]);
  });
});

describe("the lint configuration allows", () => {
  for (const [why, file, source] of allowed) {
    test(why, async () => assert.deepEqual(await rulesBroken(file, source), []));
  }
});
