import { expect } from "@open-wc/testing";
import { safeDefine } from "../../src/internal/safe-define.ts";

let count = 0;
const freshName = () => `fresh-${(count += 1)}`;

describe("registering an element", () => {
  it("does nothing the second time (EM-7)", () => {
    const name = freshName();
    class Once extends HTMLElement {}
    const first = safeDefine(name, Once);
    expect(safeDefine(name, Once)).to.equal(first);
    expect(customElements.get(`welby-${name}`)).to.equal(Once);
  });

  it("leaves a tag to the version that came first, and says so (EM-7)", () => {
    const name = freshName();
    class First extends HTMLElement {}
    class Second extends HTMLElement {}
    safeDefine(name, First);
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (...values: unknown[]) => warnings.push(...values);
    try {
      expect(safeDefine(name, Second)).to.equal(First);
    } finally {
      console.warn = warn;
    }
    expect(warnings.join()).to.contain(`welby-${name}`);
  });

  it("takes a prefix, so that two versions can share a page", () => {
    const name = freshName();
    class Mine extends HTMLElement {}
    safeDefine(name, Mine);
    const other = safeDefine(name, Mine, { prefix: "acme" });
    expect(document.createElement(`acme-${name}`)).to.be.instanceOf(Mine);
    expect(other).not.to.equal(Mine);
  });

  it("does not throw for a class that the page has registered under its own tag", () => {
    const name = freshName();
    class Taken extends HTMLElement {}
    customElements.define(`own-${name}`, Taken);
    expect(safeDefine(name, Taken)?.prototype).to.be.instanceOf(Taken);
  });

  it("does not throw for a prefix that makes no tag", () => {
    class Unlucky extends HTMLElement {}
    const { warn } = console;
    console.warn = () => undefined;
    try {
      expect(safeDefine(freshName(), Unlucky, { prefix: "1 x" })).to.equal(undefined);
    } finally {
      console.warn = warn;
    }
  });

  it("does nothing where there is no registry", () => {
    class Somewhere extends HTMLElement {}
    expect(
      safeDefine(freshName(), Somewhere, { registry: null as unknown as CustomElementRegistry }),
    ).to.equal(undefined);
  });
});
