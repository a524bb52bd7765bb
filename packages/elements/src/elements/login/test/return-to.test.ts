import { expect } from "@open-wc/testing";
import type { SignInStep } from "@welby/sdk";
import { stubClient } from "../../../../test/support/stub-client.ts";
import { sameSitePath } from "../../../internal/safe-url.ts";
import { mount, signIn, untilHeading } from "./mount.ts";

const here = "https://portal.example.jp/login/index.html?a=1";
const step: SignInStep = { status: "signed_in", lastSignInAt: null };

describe("return-to", () => {
  const stays: readonly (readonly [string, string])[] = [
    ["/patients", "https://portal.example.jp/patients"],
    ["patients?x=1#y", "https://portal.example.jp/login/patients?x=1#y"],
    ["../top", "https://portal.example.jp/top"],
    ["?tab=2", "https://portal.example.jp/login/index.html?tab=2"],
    ["%2f%2fevil", "https://portal.example.jp/login/%2f%2fevil"],
    ["@evil.example", "https://portal.example.jp/login/@evil.example"],
    ["/.//evil.example", "https://portal.example.jp//evil.example"],
  ];
  for (const [value, expected] of stays) {
    it(`goes on to ${value} on this site (A-083)`, () => {
      expect(sameSitePath(value, here)).to.equal(expected);
      expect(new URL(expected).origin).to.equal(new URL(here).origin);
    });
  }

  for (const value of [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "https://portal.example.jp/patients",
    "https://portal.example.jp@evil.example/",
    "/\t/evil.example",
    "\n//evil.example",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "blob:https://portal.example.jp/x",
    "",
  ]) {
    it(`does not follow ${JSON.stringify(value)} (A-083)`, () => {
      expect(sameSitePath(value, here)).to.equal(undefined);
    });
  }

  async function visited(returnTo: string, prevent = false): Promise<string[]> {
    const { element } = await mount(stubClient({ auth: { signIn: async () => step } }));
    const went: string[] = [];
    Object.defineProperty(element, "navigate", { value: (url: string) => went.push(url) });
    element.returnTo = returnTo;
    if (prevent) element.addEventListener("welby-signed-in", (event) => event.preventDefault());
    signIn();
    await untilHeading("ログインしました");
    await new Promise((resolve) => setTimeout(resolve, 20));
    return went;
  }

  it("is followed after signing in", async () => {
    expect(await visited("/patients")).to.deep.equal([`${location.origin}/patients`]);
  });

  it("is not followed when the page cancels welby-signed-in", async () => {
    expect(await visited("/patients", true)).to.deep.equal([]);
  });

  it("is not followed to another site (A-083)", async () => {
    expect(await visited("//evil.example/")).to.deep.equal([]);
    expect(document.querySelector("welby-login a")).to.equal(null);
  });
});
