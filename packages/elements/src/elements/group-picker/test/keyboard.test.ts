import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { onlyIn } from "../../../../test/support/engine.ts";
import { groupId } from "../../../../test/support/hospital.ts";
import { until } from "../../../../test/support/until.ts";
import { active, announced, chips, find, input, options, ready } from "./mount.ts";
import type { WelbyGroupPicker } from "../group-picker.ts";

const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => sendKeys({ press: key })), Promise.resolve());

const HOLDS_KEYS = ["chromium", "firefox"] as const;
const NO_CHORDS = "its WebDriver commands cannot hold a key down";

/** Holds a key down while another is pressed. */
async function chord(held: string, key: string): Promise<void> {
  await sendKeys({ down: held });
  await sendKeys({ press: key });
  await sendKeys({ up: held });
}

describe("welby-group-picker by keyboard", () => {
  let picker: WelbyGroupPicker;
  const isOpen = () => find(picker, "[role=listbox]") !== null;

  beforeEach(async () => {
    picker = await ready();
    picker.focus();
  });

  it("focus alone opens nothing", () => {
    expect(isOpen()).to.equal(false);
    expect(input(picker).getAttribute("aria-expanded")).to.equal("false");
  });

  it("Down opens the list on its first option and keeps the focus in the input", async () => {
    await press("ArrowDown");
    expect(active(picker)).to.equal("高血圧");
    expect(picker.shadowRoot?.activeElement).to.equal(input(picker));
  });

  it("Up opens the list on its last option", async () => {
    await press("ArrowUp");
    expect(active(picker)).to.equal("要フォロー");
  });

  it("Down and Up move and go round at the ends", async () => {
    await press("ArrowDown", "ArrowDown");
    expect(active(picker)).to.equal("2型糖尿病");
    await press("ArrowUp", "ArrowUp");
    expect(active(picker)).to.equal("要フォロー");
    await press("ArrowDown");
    expect(active(picker)).to.equal("高血圧");
  });

  it("End and Home go to the last and the first option", async () => {
    await press("ArrowDown", "End");
    expect(active(picker)).to.equal("要フォロー");
    await press("Home");
    expect(active(picker)).to.equal("高血圧");
  });

  onlyIn(HOLDS_KEYS, NO_CHORDS, "Alt+Down opens without highlighting, Alt+Up closes", async () => {
    await chord("Alt", "ArrowDown");
    expect([isOpen(), active(picker)]).to.deep.equal([true, undefined]);
    await chord("Alt", "ArrowUp");
    expect(isOpen()).to.equal(false);
  });

  it("Enter picks, says so with the total, and stays open; Enter again takes it back", async () => {
    await press("ArrowDown", "Enter");
    expect(picker.value).to.deep.equal([groupId(1)]);
    expect(isOpen()).to.equal(true);
    await until(() => announced(picker) === "高血圧を選択、合計1件");
    await press("ArrowDown", "Enter");
    await until(() => announced(picker) === "2型糖尿病を選択、合計2件");
    await press("Enter");
    expect(picker.value).to.deep.equal([groupId(1)]);
    await until(() => announced(picker) === "2型糖尿病を外しました、合計1件");
  });

  it("Enter without a highlighted option picks nothing and submits nothing", async () => {
    let submitted = 0;
    document.addEventListener("submit", () => (submitted += 1), { once: true });
    await sendKeys({ type: "b" });
    await press("Enter", "Enter");
    expect([picker.value, submitted]).to.deep.equal([[], 0]);
  });

  it("Escape first closes, then clears, then is left to the page", async () => {
    const seen: boolean[] = [];
    document.body.addEventListener("keydown", (event) => seen.push(event.defaultPrevented));
    await sendKeys({ type: "2" });
    expect(options(picker)).to.include("2型糖尿病");
    await press("Escape");
    expect([isOpen(), input(picker).value]).to.deep.equal([false, "2"]);
    await press("Escape");
    expect(input(picker).value).to.equal("");
    seen.length = 0;
    await press("Escape");
    expect(seen).to.deep.equal([false]);
  });

  it("Tab leaves and closes without picking", async () => {
    // Without a next stop some engines leave the page, and its keys with it.
    const next = document.createElement("button");
    picker.after(next);
    await press("ArrowDown", "Tab");
    expect([isOpen(), picker.value]).to.deep.equal([false, []]);
    expect(document.activeElement).to.equal(next);
    next.remove();
  });

  it("Left and Right give the caret back to the text", async () => {
    await sendKeys({ type: "2" });
    await press("ArrowDown");
    expect(active(picker)).to.equal("2型糖尿病");
    await press("ArrowLeft");
    expect(active(picker)).to.equal(undefined);
    expect(input(picker).selectionStart).to.equal(0);
  });

  it("Backspace on empty text focuses the last chip, and a second one removes it", async () => {
    picker.value = [groupId(1), groupId(2)];
    await picker.updateComplete;
    await press("Backspace");
    expect(picker.shadowRoot?.activeElement?.textContent).to.contain("2型糖尿病");
    expect(picker.value).to.have.length(2);
    await press("Backspace");
    await until(() => picker.value.length === 1);
    expect(chips(picker)).to.deep.equal(["高血圧を外す"]);
    await press("Backspace");
    await until(() => picker.value.length === 0);
    await until(() => picker.shadowRoot?.activeElement === input(picker));
  });

  it("arrows move among the chips and back into the input", async () => {
    picker.value = [groupId(1), groupId(2), groupId(3)];
    await picker.updateComplete;
    await press("ArrowLeft", "ArrowLeft", "Home");
    expect(picker.shadowRoot?.activeElement?.textContent).to.contain("高血圧");
    await press("End", "ArrowRight");
    expect(picker.shadowRoot?.activeElement).to.equal(input(picker));
  });

  onlyIn(HOLDS_KEYS, NO_CHORDS, "all chips together are one Tab stop", async () => {
    const before = document.createElement("button");
    picker.before(before);
    picker.value = [groupId(1), groupId(2), groupId(3)];
    await picker.updateComplete;
    await chord("Shift", "Tab");
    expect(picker.shadowRoot?.activeElement?.className).to.contain("chip");
    await chord("Shift", "Tab");
    expect(document.activeElement).to.equal(before);
    before.remove();
  });

  it("Enter and Space on a chip remove it", async () => {
    picker.value = [groupId(1), groupId(2)];
    await picker.updateComplete;
    await press("Backspace", "Enter");
    await until(() => picker.value.length === 1);
    await sendKeys({ type: " " });
    await until(() => picker.value.length === 0);
  });

  it("never highlights the option that creates by itself", async () => {
    await sendKeys({ type: "xy" });
    await until(() => options(picker).join() === "「xy」を新規作成");
    expect(active(picker)).to.equal(undefined);
    await press("ArrowDown");
    expect(active(picker)).to.equal("「xy」を新規作成");
  });
});
