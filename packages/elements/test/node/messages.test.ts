import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { test } from "node:test";
import { checkPassword, passwordPresets } from "@welby/contract/policy";
import type { Catalogue } from "../../src/internal/messages.ts";
import { newPasswordMessages } from "../../src/forms/new-password.messages.ts";

const root = new URL("../../", import.meta.url);
const files = globSync("src/**/*.messages.ts", { cwd: root });

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const fullWidthAscii = /[\uFF01-\uFF5E]/;

/** J-32: what a text must not be. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/患者様/, "患者さん is the word"],
  [/^エラーが発生しました。?$/, "says neither what happened nor what to do"],
  [/半角で入力|全角で入力してください/, "width is ours to convert"],
  [/(くださいませ|致します|頂き)/, "plain です・ます"],
];

test("there are catalogues to check", () => assert.ok(files.length >= 5));

for (const file of files) {
  const catalogues = Object.values(
    (await import(new URL(file, root).href)) as Record<string, Catalogue>,
  ).filter((value) => typeof value === "object" && "ja" in value);

  test(`${file} has every text in both languages`, () => {
    assert.ok(catalogues.length > 0);
    for (const { ja, en } of catalogues) {
      assert.deepEqual(Object.keys(en).sort(), Object.keys(ja).sort());
      for (const [id, text] of [...Object.entries(ja), ...Object.entries(en)])
        assert.notEqual(text.trim(), "", id);
    }
  });

  test(`${file} has the same placeholders in both languages`, () => {
    for (const { ja, en } of catalogues) {
      for (const [id, text] of Object.entries(ja)) {
        assert.deepEqual(placeholders(en[id] ?? ""), placeholders(text), id);
      }
    }
  });

  test(`${file} is written in the tone of J-32`, () => {
    for (const { ja } of catalogues) {
      for (const [id, text] of Object.entries(ja)) {
        for (const [pattern, why] of FORBIDDEN) assert.doesNotMatch(text, pattern, `${id}: ${why}`);
      }
    }
  });

  test(`${file} has no Japanese in its English and no full-width letters in its Japanese`, () => {
    for (const { ja, en } of catalogues) {
      for (const [id, text] of Object.entries(en))
        assert.doesNotMatch(text, /[\p{scx=Hira}\p{scx=Kana}\p{scx=Han}]/u, id);
      for (const [id, text] of Object.entries(ja)) assert.doesNotMatch(text, fullWidthAscii, id);
    }
  });
}

test("every rule of the password policy has its line in the checklist", () => {
  for (const preset of Object.values(passwordPresets)) {
    for (const { rule } of checkPassword({ ...preset, forbiddenWords: [] }, "")) {
      assert.ok(rule in newPasswordMessages.ja, rule);
    }
  }
});
