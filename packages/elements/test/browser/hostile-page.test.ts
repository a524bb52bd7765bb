import { expect, fixture, html } from "@open-wc/testing";
import "../../src/define/login.ts";
import { stubClient } from "../support/stub-client.ts";

/** What themes and resets do to forms, at its worst: ids, `!important`, everything hidden or huge. */
const HOSTILE = `
  #content input { width: 10px !important; height: 4px; min-height: 4px !important; border: 0 !important;
    color: yellow !important; background: yellow !important; font-size: 40px !important; }
  #content label { display: none !important; float: right; text-transform: uppercase; }
  #content button { display: none !important; appearance: none; border-radius: 50% !important; }
  #content form { display: grid !important; grid-template-columns: 1px 1px !important; }
  #content h2 { font-size: 200px !important; letter-spacing: 2em; }
  #content * { outline: 0 !important; box-shadow: none !important; }
  #content p { visibility: hidden; }
`;

describe("the light-DOM form in a hostile page", () => {
  let sheet: CSSStyleSheet;
  before(() => {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(HOSTILE);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  after(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  });

  const mount = () =>
    fixture(
      html`<div id="content"><welby-login .client=${stubClient()}></welby-login><input class="own" /></div>`,
    );

  it("keeps fields, labels and buttons as they are meant", async () => {
    const page = await mount();
    const style = (selector: string) =>
      getComputedStyle(page.querySelector(`welby-login ${selector}`) as Element);
    const input = style("input");
    expect(parseFloat(input.minHeight)).to.be.at.least(44);
    expect(parseFloat(input.width)).to.be.greaterThan(100);
    expect(input.borderTopWidth).to.equal("1px");
    expect(input.color).to.equal("rgb(26, 26, 26)");
    expect(input.fontSize).to.equal("16px");
    expect(style("label").display).not.to.equal("none");
    expect(style("label").textTransform).to.equal("none");
    expect(style("button[type=submit]").display).not.to.equal("none");
    expect(style("form").display).to.equal("flex");
    expect(style("h2").fontSize).to.equal("20px");
    expect(style("h2").letterSpacing).to.equal("normal");
    expect(style("p").visibility).to.equal("visible");
  });

  it("keeps the mark of the focus", async () => {
    const page = await mount();
    const input = page.querySelector("welby-login input") as HTMLInputElement;
    input.focus();
    expect(getComputedStyle(input).outlineStyle).to.equal("solid");
    expect(parseFloat(getComputedStyle(input).outlineWidth)).to.be.at.least(2);
  });

  it("does not touch the page's own fields", async () => {
    const page = await mount();
    expect(getComputedStyle(page.querySelector("input.own") as Element).fontSize).to.equal("40px");
  });

  it("takes the page's tokens", async () => {
    const page = await mount();
    const own = new CSSStyleSheet();
    own.replaceSync(
      "#content { --welby-color-primary: rgb(1, 2, 3); --welby-font-scale: 1.5; --welby-radius: 0px; }",
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, own];
    const button = getComputedStyle(page.querySelector("welby-login button[type=submit]") as Element);
    expect(button.backgroundColor).to.equal("rgb(1, 2, 3)");
    expect(button.fontSize).to.equal("24px");
    expect(button.borderTopLeftRadius).to.equal("0px");
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== own);
  });

  it("takes the page's font, and another one by token", async () => {
    const page = await fixture<HTMLElement>(
      html`<div><welby-login .client=${stubClient()}></welby-login></div>`,
    );
    page.style.setProperty("font-family", "monospace");
    const input = page.querySelector("welby-login input") as Element;
    expect(getComputedStyle(input).fontFamily).to.equal("monospace");
    page.style.setProperty("--welby-font-family", "serif");
    expect(getComputedStyle(input).fontFamily).to.equal("serif");
  });

  it("fits a screen of 320 px, with buttons and fields of 44 px", async () => {
    for (const locale of ["ja", "en"]) {
      const page = await fixture<HTMLElement>(
        html`<div><welby-login locale=${locale} .client=${stubClient()}></welby-login></div>`,
      );
      page.style.setProperty("width", "320px");
      expect(page.scrollWidth).to.be.at.most(320);
      for (const control of page.querySelectorAll("input, button")) {
        expect(control.getBoundingClientRect().height, control.outerHTML).to.be.at.least(44);
        expect(control.getBoundingClientRect().right).to.be.at.most(page.getBoundingClientRect().right);
      }
    }
  });

  it("comes back when a framework throws its part out", async () => {
    const page = await mount();
    const login = page.querySelector("welby-login") as HTMLElement & {
      requestUpdate(): void;
      updateComplete: Promise<boolean>;
    };
    const input = login.querySelector("input") as HTMLInputElement;
    input.value = "taro";
    login.replaceChildren();
    login.requestUpdate();
    await login.updateComplete;
    expect(login.querySelector("input")).to.equal(input);
    expect(input.value).to.equal("taro");
  });

  it("is styled in a host's shadow root too", async () => {
    const host = document.createElement("div");
    document.body.append(host);
    const root = host.attachShadow({ mode: "open" });
    const login = document.createElement("welby-login") as HTMLElement & { updateComplete: Promise<boolean> };
    root.append(login);
    await login.updateComplete;
    expect(getComputedStyle(login.querySelector("form") as Element).display).to.equal("flex");
    host.remove();
  });
});
