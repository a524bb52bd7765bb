import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { commandFor, replacesDefault } from "../../src/elements/group-picker/keys.ts";
import type { ComboboxState, Command, Press } from "../../src/elements/group-picker/keys.ts";

const press = (keys: string): Press => {
  const parts = keys.split("+");
  const has = (name: string) => parts.slice(0, -1).includes(name);
  return {
    key: parts.at(-1) ?? "",
    altKey: has("Alt"),
    ctrlKey: has("Ctrl"),
    metaKey: has("Meta"),
    shiftKey: has("Shift"),
  };
};
const closed: ComboboxState = { open: false, active: false, blank: true };
const open: ComboboxState = { open: true, active: false, blank: true };
const active: ComboboxState = { open: true, active: true, blank: true };
const typed = (state: ComboboxState): ComboboxState => ({ ...state, blank: false });

const table: [string, ComboboxState, string, Command | undefined][] = [
  ["closed", closed, "ArrowDown", "open_first"],
  ["closed", closed, "ArrowUp", "open_last"],
  ["closed", closed, "Alt+ArrowDown", "open"],
  ["open", open, "Alt+ArrowUp", "close"],
  ["open", open, "ArrowDown", "next"],
  ["open", open, "ArrowUp", "previous"],
  ["on an option", active, "Home", "first"],
  ["on an option", active, "End", "last"],
  ["open with nothing highlighted", typed(open), "Home", undefined],
  ["closed with text", typed(closed), "End", undefined],
  ["on an option", active, "Enter", "pick"],
  ["open with nothing highlighted", typed(open), "Enter", "nothing"],
  ["closed", closed, "Enter", "open"],
  ["open", open, "Escape", "close"],
  ["closed with text", typed(closed), "Escape", "clear"],
  ["closed and blank", closed, "Escape", undefined],
  ["blank", closed, "Backspace", "last_chip"],
  ["with text", typed(closed), "Backspace", undefined],
  ["blank", closed, "ArrowLeft", "last_chip"],
  ["with text on an option", typed(active), "ArrowLeft", "back_to_text"],
  ["with text on an option", typed(active), "Shift+Home", "back_to_text"],
  ["on an option", active, "Tab", "leave"],
  ["on an option", active, "Shift+Tab", "leave"],
  ["on an option", active, "Ctrl+Enter", undefined],
  ["on an option", active, "Meta+ArrowDown", undefined],
  ["open", open, "a", undefined],
];

describe("keys in the picker's input", () => {
  for (const [where, state, keys, command] of table)
    it(`${keys} ${where} → ${command ?? "left to the browser"}`, () =>
      assert.equal(commandFor(press(keys), state), command));

  it("leave Tab and caret movements to the browser, too", () => {
    assert.deepEqual((["leave", "back_to_text", undefined] as const).map(replacesDefault), [
      false,
      false,
      false,
    ]);
    assert.equal(replacesDefault("pick"), true);
  });
});
