import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import type { SignInStep } from "@welby/sdk";
import { stubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import { field, mount, untilHeading } from "./mount.ts";

const done: SignInStep = { status: "signed_in", lastSignInAt: null };
const focused = () => document.activeElement as HTMLElement;
const tab = () => sendKeys({ press: "Tab" });

describe("welby-login by keyboard", () => {
  it("goes through the form in reading order", async () => {
    await mount();
    field("username").focus();
    await tab();
    expect(focused()).to.equal(field("password"));
    await tab();
    expect(focused().getAttribute("aria-label")).to.equal("パスワードを表示");
    await tab();
    expect(focused().textContent?.trim()).to.equal("ログインする");
    await tab();
    expect(focused().textContent?.trim()).to.equal("パスワードを忘れた方");
  });

  it("signs in by typing and Enter, once", async () => {
    const { client } = await mount(stubClient({ auth: { signIn: async () => done } }));
    field("username").focus();
    await sendKeys({ type: "taro@example.jp" });
    await tab();
    await sendKeys({ type: "himitsu 7" });
    await sendKeys({ press: "Enter" });
    await untilHeading("ログインしました");
    expect(client.calls.filter(([name]) => name === "auth.signIn")).to.deep.equal([
      ["auth.signIn", { audience: "staff", loginId: "taro@example.jp", password: "himitsu 7" }],
    ]);
    expect(focused()).to.equal(document.querySelector("welby-login h2"));
  });

  it("signs in once for Enter pressed twice in a row (A-106)", async () => {
    const { client } = await mount(
      stubClient({ auth: { signIn: () => new Promise((resolve) => setTimeout(() => resolve(done), 100)) } }),
    );
    field("username").focus();
    await sendKeys({ type: "taro@example.jp" });
    await tab();
    await sendKeys({ type: "himitsu" });
    await sendKeys({ press: "Enter" });
    await sendKeys({ press: "Enter" });
    await untilHeading("ログインしました");
    expect(client.calls.filter(([name]) => name === "auth.signIn")).to.have.length(1);
  });

  it("shows the password by Space and keeps the focus on the button", async () => {
    await mount();
    field("password").focus();
    await tab();
    await sendKeys({ press: " " });
    await until(() => field("password").type === "text");
    expect(focused().getAttribute("aria-label")).to.equal("パスワードを隠す");
  });

  it("keeps the focus on the button while it is busy", async () => {
    await mount(stubClient({ auth: { signIn: () => new Promise<SignInStep>(() => undefined) } }));
    field("username").focus();
    await sendKeys({ type: "taro@example.jp" });
    await tab();
    await sendKeys({ type: "himitsu" });
    await tab();
    await tab();
    await sendKeys({ press: "Enter" });
    await until(() => document.querySelector("welby-login [aria-disabled]"));
    expect(focused().textContent?.trim()).to.equal("ログインしています");
  });
});
