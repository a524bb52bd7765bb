import { expect } from "@open-wc/testing";
import type { SignInStep } from "@welby/sdk";
import { stubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import { field, fill, mountCold, submit, text, untilHeading } from "./mount.ts";

const done: SignInStep = { status: "signed_in", lastSignInAt: null };
const signInCalls = (client: ReturnType<typeof stubClient>) =>
  client.calls.filter(([name]) => name === "auth.signIn");

describe("welby-login as first painted", () => {
  afterEach(() => document.querySelector("welby-login")?.remove());

  it("can be typed into before anything is asked of the client", async () => {
    const { client } = await mountCold();
    expect(field("username").matches(":enabled")).to.equal(true);
    expect(client.calls).to.deep.equal([]);
    expect(client.listeners).to.equal(0);
  });

  it("keeps the fields, and what was typed, when the rest comes", async () => {
    const { element } = await mountCold();
    const fields = [field("username"), field("password")];
    field("username").focus();
    fill("username", "taro@example.jp");
    fill("password", "himitsu");
    await until(() => element.shadowRoot?.querySelector("[role=status]"));
    expect([field("username"), field("password")]).to.deep.equal(fields);
    expect(fields.map((one) => one.value)).to.deep.equal(["taro@example.jp", "himitsu"]);
    expect(document.activeElement).to.equal(fields[0]);
  });

  it("sends what was submitted before the rest was there, once (A-106)", async () => {
    const { client } = await mountCold(stubClient({ auth: { signIn: async () => done } }));
    fill("username", "ｔａｒｏ@example.jp");
    fill("password", "himitsu");
    submit();
    submit();
    await untilHeading("ログインしました");
    expect(signInCalls(client)).to.deep.equal([
      ["auth.signIn", { audience: "staff", loginId: "taro@example.jp", password: "himitsu" }],
    ]);
  });

  it("shows the password by a click that came before the rest was there", async () => {
    await mountCold();
    fill("password", "ｐａｓｓ");
    document.querySelector<HTMLButtonElement>("welby-login [aria-controls]")?.click();
    await until(() => field("password").type === "text");
    expect(text()).to.contain("全角文字が含まれています");
  });

  it("converts what a password manager filled in before the rest was there (J-5)", async () => {
    await mountCold();
    field("username").value = "ｔａｒｏ@example.jp";
    field("password").focus();
    await until(() => field("username").value === "taro@example.jp");
    await until(() => text().includes("半角に変換しました"));
  });
});
