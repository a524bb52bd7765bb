import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const files = globSync("src/**/*.ts", { cwd: root }).filter((file) => !/\/test\/|\.stories\.ts$/.test(file));

/** What no source of the elements may hold, by case. Comments do not count. */
const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  [
    "HTML from strings (EM-2)",
    /unsafeHTML|unsafeSVG|unsafeCSS|unsafeStatic|innerHTML|outerHTML|insertAdjacentHTML|document\.write/,
  ],
  ["code from strings (EM-2)", /\beval\(|new Function\(/],
  ["inline style (EM-1)", /styleMap|\sstyle=|\.style\.|setAttribute\("style"/],
  ["window messages (A-084)", /postMessage|["']message["']|onmessage/],
  ["web storage (J-19)", /localStorage|sessionStorage|document\.cookie/],
  ["any foreign address (J-22)", /https?:\/\/(?!api\.example\.jp)/],
];

const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");

test("there are sources to scan", () => assert.ok(files.length > 40));

for (const [what, pattern] of FORBIDDEN) {
  test(`no source holds ${what}`, () => {
    const found = files.filter((file) =>
      pattern.test(withoutComments(readFileSync(new URL(file, root), "utf8"))),
    );
    assert.deepEqual(found, []);
  });
}

test("the light-DOM styles end every declaration with a semicolon, which makes them important", () => {
  for (const file of ["src/theme/controls.css.ts", "src/forms/new-password.css.ts"]) {
    const css = withoutComments(readFileSync(new URL(file, root), "utf8"));
    assert.doesNotMatch(css, /[\w)"%]\s*\n\s*\}/, file);
    assert.doesNotMatch(css, /:host|@keyframes/, file);
  }
});
