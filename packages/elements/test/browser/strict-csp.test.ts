import { expect } from "@open-wc/testing";
import { until } from "../support/until.ts";

/** csp-page.html is under the policy that EM-1 demands, and has the elements in it. */
interface CspWindow extends Window {
  violations?: string[];
  done?: string[];
  breakThePolicy?(): void;
}

async function open(): Promise<CspWindow> {
  const frame = document.createElement("iframe");
  frame.src = new URL("../support/csp-page.html", import.meta.url).href;
  document.body.append(frame);
  return until(() => frame.contentWindow);
}

describe("the elements under a strict content security policy with Trusted Types", () => {
  it("violate nothing in any of their views (EM-1, A-022)", async function () {
    this.timeout(10_000);
    const page = await open();
    await until(() => page.done?.includes("all"), 9000);
    expect(page.done).to.deep.equal([
      "login",
      "second-factor",
      "password-change",
      "signed-in",
      "sent",
      "confirm",
      "all",
    ]);
    expect(page.violations).to.deep.equal([]);
    // The page notices what it should: an HTML string and an inline style.
    page.breakThePolicy?.();
    await until(() => page.violations?.some((violation) => violation.startsWith("style-src")));
    await until(() =>
      page.violations?.some((violation) => violation.startsWith("require-trusted-types-for")),
    );
  });
});
