import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { compose, confirmWithEnter, itWithIme, pressInIme } from "../../../../test/support/ime.ts";
import { stubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import { field, fill, mount } from "./mount.ts";

const signIns = (client: ReturnType<typeof stubClient>) =>
  client.calls.filter(([name]) => name === "auth.signIn").length;
const refusing = () =>
  stubClient({ auth: { signIn: async () => ({ status: "signed_in", lastSignInAt: null }) } });

describe("welby-login with an IME", () => {
  itWithIme("does not send the form by the Enter that confirms a conversion (J-6)", async () => {
    const { client } = await mount(refusing());
    fill("password", "himitsu");
    field("username").focus();
    await compose("ｔａｒｏ");
    await pressInIme("Enter");
    await confirmWithEnter("ｔａｒｏ");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(signIns(client)).to.equal(0);
    await sendKeys({ press: "Enter" });
    await until(() => signIns(client) === 1);
    expect(client.calls.find(([name]) => name === "auth.signIn")?.[1]).to.have.property("loginId", "taro");
  });

  itWithIme("does not rewrite the field while text is being composed (J-5)", async () => {
    await mount();
    field("username").focus();
    await compose("ｔａ");
    expect(field("username").value).to.equal("ｔａ");
    // What a script or a password manager may fire in the middle of it.
    field("username").dispatchEvent(new Event("change", { bubbles: true }));
    expect(field("username").value).to.equal("ｔａ");
    await confirmWithEnter("ｔａｒｏ");
    field("password").focus();
    await until(() => field("username").value === "taro");
  });

  itWithIme("points out what an IME leaves in a shown password, and sends it as typed", async () => {
    const { client } = await mount(refusing());
    fill("username", "taro@example.jp");
    document.querySelector<HTMLButtonElement>("welby-login [aria-controls]")?.click();
    await until(() => field("password").type === "text");
    field("password").focus();
    await compose("ひみつ");
    await confirmWithEnter("秘密");
    await until(() => document.querySelector("welby-login [id$=-notes]"));
    await sendKeys({ press: "Enter" });
    await until(() => signIns(client) === 1);
    expect(client.calls.find(([name]) => name === "auth.signIn")?.[1]).to.have.property("password", "秘密");
  });
});
