import { expect } from "@open-wc/testing";
import { itMatchesAriaSnapshot } from "../../../../test/support/aria-snapshot.ts";
import { describeAxe } from "../../../../test/support/axe-matrix.ts";
import { statesOf } from "../../../../test/support/states.ts";
import { passwordResetStates } from "./states.ts";

describe("welby-password-reset states", () => {
  it("are the ones of states.json", async () => {
    expect(Object.keys(passwordResetStates)).to.deep.equal(await statesOf("welby-password-reset"));
  });
});

describeAxe("welby-password-reset", passwordResetStates);

describe("welby-password-reset to a screen reader", () => {
  for (const [state, enter] of Object.entries(passwordResetStates)) {
    itMatchesAriaSnapshot("welby-password-reset", state, () => enter("ja"), { wholePage: true });
  }
});
