import { expect } from "@open-wc/testing";
import { commit, compose, confirmWithEnter, itWithIme, pressInIme, typeWithIme } from "../support/ime.ts";

describe("the IME the tests type with", () => {
  let input: HTMLInputElement;
  let seen: string[];

  beforeEach(() => {
    input = document.createElement("input");
    document.body.append(input);
    input.focus();
    seen = [];
    for (const type of [
      "keydown",
      "keyup",
      "compositionstart",
      "compositionupdate",
      "compositionend",
      "input",
    ]) {
      input.addEventListener(type, (event) => {
        // Chromium marks its own compositionend as untrusted, also for a real IME.
        if (type !== "compositionend") expect(event.isTrusted).to.equal(true);
        const key =
          event instanceof KeyboardEvent ? ` ${event.key} ${event.keyCode} ${event.isComposing}` : "";
        const text = event instanceof CompositionEvent ? ` ${event.data}` : "";
        seen.push(`${type}${key}${text}`);
      });
    }
  });

  afterEach(() => input.remove());

  itWithIme("composes, converts and confirms with Enter", async () => {
    await compose("やま");
    await pressInIme("Space");
    await compose("山");
    await confirmWithEnter("山");

    expect(input.value).to.equal("山");
    expect(seen).to.deep.equal([
      "compositionstart ",
      "compositionupdate やま",
      "input",
      "keydown Process 229 true",
      "keyup   32 true",
      "compositionupdate 山",
      "input",
      "keydown Process 229 true",
      "compositionupdate 山",
      "input",
      "compositionend 山",
      "keyup Enter 13 false",
    ]);
  });

  itWithIme("leaves nothing behind when the composition is cancelled", async () => {
    await compose("やま");
    await compose("");
    expect(input.value).to.equal("");
  });

  itWithIme("types a whole word in steps", async () => {
    await typeWithIme(["y", "や", "やm", "やま", "山"]);
    expect(input.value).to.equal("山");
  });

  itWithIme("takes text without a composition", async () => {
    await commit("田");
    expect(input.value).to.equal("田");
    expect(seen).to.deep.equal(["input"]);
  });
});
