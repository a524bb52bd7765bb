import { expect } from "@open-wc/testing";
import { autoload } from "../../src/internal/autoload.ts";
import { until } from "../support/until.ts";

describe("the autoloader", () => {
  let root: HTMLElement;
  let loaded: string[];
  let stop: () => void;
  const load = (tag: string) => async () => {
    loaded.push(tag);
  };
  const watch = (more: Record<string, () => Promise<unknown>> = {}) => {
    stop = autoload(root, { "x-one": load("x-one"), "x-two": load("x-two"), ...more });
  };

  beforeEach(() => {
    root = document.createElement("div");
    document.body.append(root);
    loaded = [];
    stop = () => undefined;
  });
  afterEach(() => {
    stop();
    root.remove();
  });

  it("loads what stands in the page, once, and nothing else", () => {
    root.append(document.createElement("x-one"), document.createElement("x-one"));
    watch();
    expect(loaded).to.deep.equal(["x-one"]);
  });

  it("loads what comes later, however deep", async () => {
    watch();
    const deep = document.createElement("section");
    deep.append(document.createElement("p"), document.createElement("x-two"));
    root.append(deep);
    await until(() => loaded.length === 1);
    expect(loaded).to.deep.equal(["x-two"]);
  });

  it("tries again when a load failed and the connection is back", async () => {
    let attempts = 0;
    watch({
      "x-three": async () => {
        attempts += 1;
        if (attempts === 1) throw new Error("no connection");
      },
    });
    root.append(document.createElement("x-three"));
    await until(() => attempts === 1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    dispatchEvent(new Event("online"));
    await until(() => attempts === 2);
    dispatchEvent(new Event("online"));
    expect(attempts).to.equal(2);
  });

  it("stops when it is told to", async () => {
    watch();
    stop();
    root.append(document.createElement("x-one"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(loaded).to.deep.equal([]);
  });
});
