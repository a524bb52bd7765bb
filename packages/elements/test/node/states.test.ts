import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const here = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path: string) => readFileSync(here(path), "utf8");
const states = JSON.parse(read("states.json")) as Record<string, Record<string, string>>;

/** `WrongCredentials` is shown by Storybook under the name `wrong-credentials`. */
const kebab = (name: string) => name.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase();

for (const [tag, cells] of Object.entries(states)) {
  const name = tag.replace("welby-", "");
  const folder = `src/elements/${name}`;

  describe(`${tag} in the table of states`, () => {
    test("has a story for every cell, and no other", () => {
      const source = read(`${folder}/${name}.stories.ts`);
      const stories = [...source.matchAll(/^export const (\w+)/gm)].map((match) => kebab(match[1] ?? ""));
      assert.deepEqual(stories.sort(), Object.keys(cells).sort());
      assert.match(source, new RegExp(`title: "${tag}"`));
    });

    test("has a test for every cell", () => {
      const tests = globSync("test/*.ts", { cwd: here(folder) }).map((file) => read(`${folder}/${file}`));
      const source = tests.join("\n");
      const untested = Object.keys(cells).filter((state) => !mentions(source, state));
      assert.deepEqual(untested, []);
    });

    test("says of every cell what it is", () => {
      assert.deepEqual(
        Object.entries(cells).filter(([, what]) => what.trim() === ""),
        [],
      );
    });
  });
}

/** As a key of the table of ways into states, as a text, or as a word of a test's name. */
function mentions(source: string, state: string): boolean {
  return new RegExp(
    `(^|[\\s{,])(["']?)${state}\\2\\s*:|["'\`]${state}["'\`]|\\bit\\("[^"]*\\b${state}\\b`,
    "m",
  ).test(source);
}

test("a folder of an element that the table does not know is noticed", () => {
  const folders = globSync("src/elements/*/", { cwd: here("") }).map(
    (path) => `welby-${path.split("/").at(-1)}`,
  );
  assert.deepEqual(folders.sort(), Object.keys(states).sort());
});
