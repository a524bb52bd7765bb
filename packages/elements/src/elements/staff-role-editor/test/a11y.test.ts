import { expect } from "@open-wc/testing";
import { itMatchesAriaSnapshot } from "../../../../test/support/aria-snapshot.ts";
import { describeAxe } from "../../../../test/support/axe-matrix.ts";
import { statesOf } from "../../../../test/support/states.ts";
import { staffRoleEditorStates } from "./states.ts";

describe("welby-staff-role-editor states", () => {
  it("are the ones of states.json", async () => {
    expect(Object.keys(staffRoleEditorStates)).to.deep.equal(await statesOf("welby-staff-role-editor"));
  });
});

describeAxe("welby-staff-role-editor", staffRoleEditorStates);

const DIALOGS = [
  "preview",
  "preview-self",
  "preview-refused",
  "reason-refused",
  "saving",
  "step-up",
  "step-up-wrong",
  "save-refused",
  "leaving",
];
const ALERTS = ["error", "forbidden", "offline"];

/** What a state must show, to notice an empty tree. */
function holds(state: string): string {
  if (DIALOGS.includes(state)) return "alertdialog";
  if (ALERTS.includes(state)) return "alert";
  if (state === "loading") return "busy";
  if (state === "signed-out") return "ログインしてください";
  if (state === "empty" || state === "filtered-empty") return "StaticText";
  return "radio";
}

describe("welby-staff-role-editor to a screen reader", () => {
  for (const [state, enter] of Object.entries(staffRoleEditorStates)) {
    itMatchesAriaSnapshot("welby-staff-role-editor", state, () => enter("ja"), {
      holds: holds(state),
      wholePage: true,
    });
  }
});
