import { expect } from "@open-wc/testing";
import { itMatchesAriaSnapshot } from "../../../../test/support/aria-snapshot.ts";
import { describeAxe } from "../../../../test/support/axe-matrix.ts";
import { statesOf } from "../../../../test/support/states.ts";
import { groupPickerStates } from "./states.ts";

describe("welby-group-picker states", () => {
  it("are the ones of states.json", async () => {
    expect(Object.keys(groupPickerStates)).to.deep.equal(await statesOf("welby-group-picker"));
  });
});

describeAxe("welby-group-picker", groupPickerStates);

/** A role that a state must show, where it is not the input. */
const HOLDS: Readonly<Record<string, string>> = {
  loading: "busy",
  confirm: "alertdialog",
  error: "alert",
  forbidden: "alert",
  offline: "alert",
  readonly: "高血圧",
  "signed-out": "status",
  locked: "status",
};

describe("welby-group-picker to a screen reader", () => {
  for (const [state, enter] of Object.entries(groupPickerStates)) {
    itMatchesAriaSnapshot("welby-group-picker", state, () => enter("ja"), {
      holds: HOLDS[state] ?? "combobox",
      wholePage: true,
    });
  }
});
