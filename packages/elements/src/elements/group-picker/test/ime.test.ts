import { expect } from "@open-wc/testing";
import {
  compose,
  confirmWithEnter,
  itWithIme,
  pressInIme,
  typeWithIme,
} from "../../../../test/support/ime.ts";
import { until } from "../../../../test/support/until.ts";
import { active, announced, find, hospital, input, options, ready } from "./mount.ts";
import type { WelbyGroupPicker } from "../group-picker.ts";

describe("welby-group-picker with an IME", () => {
  let picker: WelbyGroupPicker;
  let submitted: number;

  beforeEach(async () => {
    picker = await ready(hospital());
    submitted = 0;
    picker.form?.addEventListener("submit", () => (submitted += 1));
    picker.focus();
  });

  itWithIme(
    "kana that are not converted yet find a group already, and nothing is offered to create",
    async () => {
      await compose("りぶ");
      await until(() => options(picker).join() === "リブレ使用");
      await compose("りぶr");
      await until(() => options(picker).join() === "リブレ使用");
      expect(input(picker).value).to.equal("りぶr");
      expect(active(picker)).to.equal(undefined);
    },
  );

  itWithIme("says the number of results only after the conversion (J-6)", async () => {
    await compose("こうけつあつ");
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(announced(picker)).to.equal("");
    await confirmWithEnter("高血圧");
    await until(() => announced(picker) === "1件");
  });

  itWithIme(
    "the Enter that confirms a conversion picks nothing, creates nothing and submits nothing (J-6)",
    async () => {
      await typeWithIme(["k", "こ", "こう", "高"]);
      await until(() => options(picker).includes("高血圧"));
      expect(picker.value).to.deep.equal([]);
      expect(submitted).to.equal(0);
      expect(input(picker).value).to.equal("高");
    },
  );

  itWithIme("arrows and Escape that choose a conversion do not move in the list or close it", async () => {
    await compose("りぶれ");
    await until(() => find(picker, "[role=listbox]"));
    await pressInIme("ArrowDown");
    expect(active(picker)).to.equal(undefined);
    await pressInIme("Escape");
    expect(find(picker, "[role=listbox]")).to.not.equal(null);
    expect(input(picker).value).to.equal("りぶれ");
  });

  itWithIme("offers to create only the committed text, as it was typed", async () => {
    await compose("きんえん");
    await picker.updateComplete;
    expect(options(picker)).to.deep.equal([]);
    await confirmWithEnter("禁煙");
    await until(() => options(picker).join() === "「禁煙」を新規作成");
  });

  it("Safari's order, compositionend before the key with code 229, picks nothing either (J-6)", async () => {
    const field = input(picker);
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, composed: true }));
    await picker.updateComplete;
    expect(active(picker)).to.equal("高血圧");
    field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true, composed: true }));
    field.dispatchEvent(
      new CompositionEvent("compositionend", { bubbles: true, composed: true, data: "高" }),
    );
    const enter = new KeyboardEvent("keydown", {
      key: "Enter",
      keyCode: 229,
      bubbles: true,
      composed: true,
    });
    field.dispatchEvent(enter);
    await picker.updateComplete;
    expect(picker.value).to.deep.equal([]);
  });
});
