import { expect } from "@open-wc/testing";
import { itMatchesAriaSnapshot } from "../../../../test/support/aria-snapshot.ts";
import { describeAxe } from "../../../../test/support/axe-matrix.ts";
import { statesOf } from "../../../../test/support/states.ts";
import { loginStates } from "./states.ts";

describe("welby-login states", () => {
  it("are the ones of states.json", async () => {
    expect(Object.keys(loginStates)).to.deep.equal(await statesOf("welby-login"));
  });
});

describeAxe("welby-login", loginStates);

describe("welby-login to a screen reader", () => {
  for (const [state, enter] of Object.entries(loginStates)) {
    itMatchesAriaSnapshot("welby-login", state, () => enter("ja"), { wholePage: true });
  }
});
