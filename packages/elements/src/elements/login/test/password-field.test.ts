import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import type { SignInStep } from "@welby/sdk";
import { onlyIn } from "../../../../test/support/engine.ts";
import { stubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import { announced, field, fill, mount, signIn, text } from "./mount.ts";

const toggle = () =>
  document.querySelector<HTMLButtonElement>("welby-login [aria-controls]") as HTMLButtonElement;

function press(key: string, capsLock: boolean): void {
  const event = new KeyboardEvent("keydown", {
    key,
    bubbles: true,
    composed: true,
    modifierCapsLock: capsLock,
  });
  field("password").dispatchEvent(event);
}

describe("the password field", () => {
  it("is shown by a button whose label changes, without aria-pressed, and says so", async () => {
    const { element } = await mount();
    expect([toggle().type, toggle().getAttribute("aria-label")]).to.deep.equal([
      "button",
      "パスワードを表示",
    ]);
    toggle().click();
    await until(() => field("password").type === "text");
    expect(toggle().getAttribute("aria-label")).to.equal("パスワードを隠す");
    expect(toggle().hasAttribute("aria-pressed")).to.equal(false);
    await until(() => announced(element) === "パスワードを表示しています");
  });

  it("keeps text and focus order while it is shown and hidden", async () => {
    await mount();
    fill("password", "himitsu");
    toggle().click();
    await until(() => field("password").type === "text");
    toggle().click();
    await until(() => field("password").type === "password");
    expect(field("password").value).to.equal("himitsu");
  });

  it("hides again when the form is sent", async () => {
    await mount(stubClient({ auth: { signIn: () => new Promise<SignInStep>(() => undefined) } }));
    toggle().click();
    await until(() => field("password").type === "text");
    signIn();
    await until(() => field("password").type === "password");
  });

  it("hides again when the page comes back from the cache", async () => {
    await mount();
    toggle().click();
    await until(() => field("password").type === "text");
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await until(() => field("password").type === "password");
  });

  it("points out full-width characters only while it is shown, and never converts them", async () => {
    const { element } = await mount();
    fill("password", "ｐａｓｓ");
    await element.updateComplete;
    expect(text()).not.to.contain("全角文字が含まれています");
    toggle().click();
    await until(() => text().includes("全角文字が含まれています"));
    expect(field("password").value).to.equal("ｐａｓｓ");
    fill("password", "pass");
    await until(() => !text().includes("全角文字が含まれています"));
  });

  it("hints at Caps Lock while it is on", async () => {
    await mount();
    press("A", true);
    await until(() => text().includes("Caps Lockがオンになっています"));
    press("a", false);
    await until(() => !text().includes("Caps Lock"));
  });

  it("does not stumble over the keydown of an autofill, which is no keyboard event", async () => {
    await mount();
    field("password").dispatchEvent(new Event("keydown", { bubbles: true }));
    expect(field("password").type).to.equal("password");
  });

  it("lets paste through and limits no length (PW-9)", async () => {
    await mount();
    const paste = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
    field("password").dispatchEvent(paste);
    expect(paste.defaultPrevented).to.equal(false);
    expect([field("password").maxLength, field("username").maxLength]).to.deep.equal([-1, -1]);
    expect(document.querySelector('welby-login [autocomplete="off"]')).to.equal(null);
  });

  onlyIn(
    ["chromium", "firefox"],
    "WebKitWebDriver drops the spaces of typed text",
    "takes long passwords with spaces by the keyboard as they are",
    async () => {
      await mount();
      field("password").focus();
      await sendKeys({ type: " Asagao no tegami 7 " });
      expect(field("password").value).to.equal(" Asagao no tegami 7 ");
    },
  );
});
