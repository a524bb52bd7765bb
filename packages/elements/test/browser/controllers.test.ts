import { expect, fixture, html } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { LitElement } from "lit";
import { AnnouncerController } from "../../src/controllers/announcer.ts";
import { AsyncStateController } from "../../src/controllers/async-state.ts";
import { ConfirmController } from "../../src/controllers/confirm.ts";
import { RovingFocusController } from "../../src/controllers/roving-focus.ts";
import { controls } from "../../src/theme/controls.css.ts";
import { tokens } from "../../src/theme/tokens.css.ts";
import { onlyIn } from "../support/engine.ts";
import { deferred, failure } from "../support/stub-client.ts";
import { until } from "../support/until.ts";

class TestHost extends LitElement {
  static override styles = [tokens, controls];
  readonly announcer = new AnnouncerController(this);
  readonly confirm = new ConfirmController(this);
  readonly roving = new RovingFocusController(this, { items: () => this.items });

  get items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".item")];
  }

  protected override render() {
    return html`<button id="opener">開く</button>
      <div
        role="toolbar"
        aria-label="道具"
        @keydown=${this.roving.onKeydown}
        @focusin=${this.roving.onFocusin}
      >
        ${["一", "二", "三"].map((label) => html`<button class="item">${label}</button>`)}
      </div>
      ${this.confirm.render()}`;
  }
}
customElements.define("test-controllers", TestHost);

const mount = () => fixture<TestHost>(html`<test-controllers></test-controllers>`);
const region = (host: TestHost) => host.renderRoot.querySelector("[role=status]") as HTMLElement;

describe("the async-state controller", () => {
  const host = () => ({
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => undefined,
    updateComplete: Promise.resolve(true),
  });
  const empty = (list: number[]) => list.length === 0;

  it("is empty only after an answer", async () => {
    const answer = deferred<number[]>();
    const state = new AsyncStateController(host(), { load: () => answer.promise, isEmpty: empty });
    expect(state.state.status).to.equal("idle");
    const loading = state.reload();
    expect(state.state.status).to.equal("loading");
    answer.resolve([]);
    await loading;
    expect(state.state.status).to.equal("empty");
  });

  it("aborts an older load and drops its late answer", async () => {
    const answers = [deferred<string>(), deferred<string>()];
    const signals: AbortSignal[] = [];
    const state = new AsyncStateController(host(), {
      load: (signal) => {
        signals.push(signal);
        return answers[signals.length - 1]?.promise ?? Promise.reject(new Error("too often"));
      },
    });
    const first = state.reload();
    const second = state.reload();
    expect(signals.map((signal) => signal.aborted)).to.deep.equal([true, false]);
    answers[1]?.resolve("new");
    await second;
    answers[0]?.resolve("old");
    await first;
    expect(state.value).to.equal("new");
  });

  it("drops the late failure of an older load", async () => {
    const answers = [deferred<string>(), deferred<string>()];
    let call = -1;
    const state = new AsyncStateController(host(), {
      load: () => answers[(call += 1)]?.promise ?? Promise.reject(new Error("too often")),
    });
    const first = state.reload();
    const second = state.reload();
    answers[1]?.resolve("new");
    await second;
    answers[0]?.reject(failure("internal_error"));
    await first;
    expect(state.state.status).to.equal("ready");
  });

  it("keeps the former value while it refreshes and when that fails", async () => {
    let fails = false;
    const state = new AsyncStateController(host(), {
      load: async () => {
        if (fails) throw failure("timeout", { retryable: true });
        return "value";
      },
    });
    await state.reload();
    fails = true;
    const again = state.reload();
    expect([state.state.status, state.value]).to.deep.equal(["refreshing", "value"]);
    await again;
    expect([state.state.status, state.value]).to.deep.equal(["error", "value"]);
  });

  for (const [code, status] of [
    ["forbidden", "forbidden"],
    ["internal_error", "error"],
    ["connection_failed", "error"],
  ] as const) {
    it(`is ${status} after ${code}`, async () => {
      const state = new AsyncStateController(host(), {
        load: async () => {
          throw failure(code);
        },
      });
      await state.reload();
      expect(state.state.status).to.equal(status);
    });
  }

  it("is offline after a failed connection without a network, and loads again when it is back", async () => {
    Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
    let fails = true;
    const state = new AsyncStateController(host(), {
      load: async () => {
        if (fails) throw failure("connection_failed", { retryable: true });
        return "value";
      },
    });
    state.hostConnected();
    await state.reload();
    expect(state.state.status).to.equal("offline");
    Reflect.deleteProperty(navigator, "onLine");
    fails = false;
    dispatchEvent(new Event("online"));
    await until(() => state.state.status === "ready");
    state.hostDisconnected();
  });

  it("reports a slow first load after a second, a quick one never", async () => {
    let said = 0;
    const answer = deferred<string>();
    const options = { onSlow: () => (said += 1) };
    const slow = new AsyncStateController(host(), { ...options, load: () => answer.promise });
    const quick = new AsyncStateController(host(), { ...options, load: async () => "at once" });
    await quick.reload();
    void slow.reload();
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(said).to.equal(0);
    await until(() => said === 1);
    answer.resolve("late");
  });

  it("stops when the element leaves the page", async () => {
    let signal: AbortSignal | undefined;
    const state = new AsyncStateController(host(), {
      load: (given) => {
        signal = given;
        return new Promise<string>(() => undefined);
      },
    });
    void state.reload();
    state.hostDisconnected();
    expect(signal?.aborted).to.equal(true);
    expect(state.state.status).to.equal("idle");
  });
});

describe("the announcer", () => {
  it("has its region before it says anything", async () => {
    const host = await mount();
    expect(region(host).textContent).to.equal("");
    host.announcer.announce("保存しました");
    await until(() => region(host).textContent === "保存しました");
  });

  it("says only the last of several texts", async () => {
    const host = await mount();
    host.announcer.announce("一");
    host.announcer.announce("二");
    await until(() => region(host).textContent !== "");
    expect(region(host).textContent).to.equal("二");
  });

  it("can repeat a text", async () => {
    const host = await mount();
    host.announcer.announce("三件");
    await until(() => region(host).textContent === "三件");
    host.announcer.announce("三件");
    expect(region(host).textContent).to.equal("");
    await until(() => region(host).textContent === "三件");
  });
});

describe("the confirm dialog", () => {
  const request = {
    title: "権限を外しますか",
    body: "鈴木さんは管理者でなくなります。",
    confirmLabel: "権限を外す",
    cancelLabel: "やめる",
  };
  const button = (host: TestHost, label: string) =>
    [...host.renderRoot.querySelectorAll<HTMLButtonElement>("dialog button")].find(
      (one) => one.textContent?.trim() === label,
    ) as HTMLButtonElement;
  const active = (host: TestHost) => host.shadowRoot?.activeElement as HTMLElement | null;

  async function ask(host: TestHost) {
    (host.renderRoot.querySelector("#opener") as HTMLElement).focus();
    const answer = host.confirm.ask(request);
    await until(() => host.renderRoot.querySelector("dialog[open]"));
    return answer;
  }
  const opened = async (host: TestHost) => {
    const answer = ask(host);
    await until(() => host.renderRoot.querySelector("dialog[open]"));
    return { answer };
  };

  it("has the focus on the safe button first", async () => {
    const host = await mount();
    const { answer } = await opened(host);
    expect(active(host)?.textContent?.trim()).to.equal("やめる");
    button(host, "やめる").click();
    expect(await answer).to.equal(false);
  });

  it("says yes only by the named button, and gives the focus back", async () => {
    const host = await mount();
    const { answer } = await opened(host);
    button(host, "権限を外す").click();
    expect(await answer).to.equal(true);
    await until(() => active(host)?.id === "opener");
    expect(host.renderRoot.querySelector("dialog")).to.equal(null);
  });

  it("does not take the second click of a double click for a yes", async () => {
    const host = await mount();
    const { answer } = await opened(host);
    button(host, "権限を外す").dispatchEvent(new MouseEvent("click", { detail: 2 }));
    expect(host.renderRoot.querySelector("dialog[open]")).not.to.equal(null);
    button(host, "権限を外す").dispatchEvent(new MouseEvent("click", { detail: 1 }));
    expect(await answer).to.equal(true);
  });

  it("says no by Escape", async () => {
    const host = await mount();
    const { answer } = await opened(host);
    await sendKeys({ press: "Escape" });
    expect(await answer).to.equal(false);
  });

  it("does not let the end of one question answer the next", async () => {
    const host = await mount();
    const { answer } = await opened(host);
    button(host, "権限を外す").click();
    await answer;
    const next = await opened(host);
    await new Promise((resolve) => setTimeout(resolve, 100));
    button(host, "権限を外す").click();
    expect(await next.answer).to.equal(true);
  });

  it("says no when the element leaves the page", async () => {
    const host = await mount();
    const { answer } = await opened(host);
    host.remove();
    expect(await answer).to.equal(false);
  });

  it("is accessible", async () => {
    const host = await mount();
    const { answer } = await opened(host);
    await expect(host).to.be.accessible();
    button(host, "やめる").click();
    await answer;
  });
});

describe("roving focus", () => {
  const label = (host: TestHost) => host.shadowRoot?.activeElement?.textContent;

  it("is one Tab stop, with arrows, Home and End inside", async () => {
    const host = await mount();
    (host.renderRoot.querySelector("#opener") as HTMLElement).focus();
    await sendKeys({ press: "Tab" });
    expect(label(host)).to.equal("一");
    await sendKeys({ press: "ArrowRight" });
    expect(label(host)).to.equal("二");
    await sendKeys({ press: "End" });
    expect(label(host)).to.equal("三");
    await sendKeys({ press: "ArrowRight" });
    expect(label(host)).to.equal("三");
    await sendKeys({ press: "Home" });
    expect(label(host)).to.equal("一");
    expect(host.items.map((item) => item.tabIndex)).to.deep.equal([0, -1, -1]);
  });

  onlyIn(
    ["chromium", "firefox"],
    "the test runner's send-keys has no Shift with WebKitWebDriver",
    "comes back to where it was",
    async () => {
      const host = await mount();
      (host.renderRoot.querySelector("#opener") as HTMLElement).focus();
      await sendKeys({ press: "Tab" });
      await sendKeys({ press: "ArrowDown" });
      await sendKeys({ down: "Shift" });
      await sendKeys({ press: "Tab" });
      await sendKeys({ up: "Shift" });
      await sendKeys({ press: "Tab" });
      expect(label(host)).to.equal("二");
    },
  );
});
