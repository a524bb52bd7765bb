import { expect } from "@open-wc/testing";
import { until } from "../support/until.ts";

/**
 * A page under the policy that EM-1 demands, with the elements in it; what it violates is posted back. The test
 * server's modules come from its own origin, so `'self'` stands in for the nonce of a real page.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'none'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html 'allow-duplicates'",
].join("; ");

interface CspWindow extends Window {
  violations?: string[];
  done?: string[];
  breakThePolicy?(): void;
}

async function open(): Promise<CspWindow> {
  const frame = document.createElement("iframe");
  const script = new URL("../support/csp-page.ts", import.meta.url).href;
  frame.srcdoc = `<!doctype html><html lang="ja"><head><meta http-equiv="content-security-policy" content="${POLICY}">
    <script type="module" src="${script}"></script></head>
    <body><welby-login></welby-login><welby-password-reset></welby-password-reset></body></html>`;
  document.body.append(frame);
  return until(() => frame.contentWindow as CspWindow | null);
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
