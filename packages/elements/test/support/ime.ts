import { executeServerCommand } from "@web/test-runner-commands";
import { onlyIn } from "./engine.ts";

/** What a browser reports for a key that the IME consumed. */
const PROCESS_KEY = { key: "Process", keyCode: 229 };

const KEY_CODES = { Enter: 13, Escape: 27, Space: 32, ArrowDown: 40, ArrowUp: 38, Tab: 9, KeyA: 65 } as const;

/** Keys a person presses while the IME is open, by `KeyboardEvent.code`. */
export type ImeKey = keyof typeof KEY_CODES;

/** A test that types with the IME: only Chromium lets a test drive it, in the other engines it is skipped. */
export function itWithIme(name: string, test: () => Promise<void>): void {
  onlyIn(["chromium"], "only Chromium's IME can be driven by a test", name, test);
}

/**
 * Shows `text` as the composition at the focused field's caret, as the IME does after each key.
 * An empty text cancels the composition.
 */
export async function compose(text: string): Promise<void> {
  await executeServerCommand("ime-compose", { text });
}

/** Ends the composition with `text`. Without a composition it types the text at once, as a voice input does. */
export async function commit(text: string): Promise<void> {
  await executeServerCommand("ime-commit", { text });
}

/** Presses a key that the IME consumes: keydown with `keyCode` 229 and `isComposing`, then the real keyup. */
export async function pressInIme(code: ImeKey): Promise<void> {
  await executeServerCommand("ime-key", { type: "rawKeyDown", code, ...PROCESS_KEY });
  await executeServerCommand("ime-key", {
    type: "keyUp",
    code,
    key: keyName(code),
    keyCode: KEY_CODES[code],
  });
}

/** The Enter that confirms a conversion, in Chromium's order: keydown 229, composition end, keyup Enter. */
export async function confirmWithEnter(text: string): Promise<void> {
  await executeServerCommand("ime-key", { type: "rawKeyDown", code: "Enter", ...PROCESS_KEY });
  await commit(text);
  await executeServerCommand("ime-key", {
    type: "keyUp",
    code: "Enter",
    key: "Enter",
    keyCode: KEY_CODES.Enter,
  });
}

/**
 * Types a reading and confirms its conversion: `await typeWithIme(["y", "や", "やm", "やま", "山"])` shows each step
 * as the composition and confirms the last one with Enter.
 */
export async function typeWithIme(steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    await executeServerCommand("ime-key", { type: "rawKeyDown", code: "KeyA", ...PROCESS_KEY });
    await compose(step);
    await executeServerCommand("ime-key", { type: "keyUp", code: "KeyA", key: "a", keyCode: KEY_CODES.KeyA });
  }
  await confirmWithEnter(steps.at(-1) ?? "");
}

function keyName(code: ImeKey): string {
  if (code === "Space") return " ";
  return code === "KeyA" ? "a" : code;
}
