import { expect, fixture, html } from "@open-wc/testing";
import type { WelbyClient } from "@welby/sdk";
import "../../../define/provider.ts";
import { WelbyElement } from "../../../internal/base-element.ts";
import { LocalizeController } from "../../../controllers/localize.ts";
import { stubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import type { WelbyProvider } from "../provider.ts";

const catalogue = {
  ja: { title: "題", count: "{n}件" },
  en: { title: "Title", count: "{n} items" },
} as const;

/** The smallest element there can be: it shows a text and remembers its clients. */
class TestConsumer extends WelbyElement {
  readonly seen: (WelbyClient | undefined)[] = [];
  readonly texts = new LocalizeController(this, "consumer", catalogue);

  protected override clientChanged(client: WelbyClient | undefined): void {
    this.seen.push(client);
  }

  protected override render() {
    return html`<p>${this.texts.t("title")}</p>
      <p>${this.texts.t("count", { n: 3 })}</p>
      <p>${this.texts.errorText({ code: "not_found" }).message}</p>`;
  }
}
customElements.define("test-consumer", TestConsumer);

const inside = (root: ParentNode) => root.querySelector<TestConsumer>("test-consumer") as TestConsumer;
const shown = (element: TestConsumer) =>
  [...element.renderRoot.querySelectorAll("p")].map((line) => line.textContent);

describe("welby-provider", () => {
  it("by default gives its client to the elements inside, also in shadow roots", async () => {
    const client = stubClient();
    const provider = await fixture<WelbyProvider>(
      html`<welby-provider .client=${client}><div></div></welby-provider>`,
    );
    const shadow = (provider.querySelector("div") as HTMLElement).attachShadow({ mode: "closed" });
    const consumer = document.createElement("test-consumer") as TestConsumer;
    shadow.append(consumer);
    await consumer.updateComplete;
    expect(consumer.currentClient).to.equal(client);
  });

  it("serves two clients on one page, each to its own elements", async () => {
    const [first, second] = [stubClient(), stubClient()];
    const page = await fixture<HTMLElement>(
      html`<div>
        <welby-provider .client=${first}><test-consumer></test-consumer></welby-provider>
        <welby-provider .client=${second}><test-consumer></test-consumer></welby-provider>
      </div>`,
    );
    const consumers = [...page.querySelectorAll<TestConsumer>("test-consumer")];
    expect(consumers.map((one) => one.currentClient)).to.deep.equal([first, second]);
  });

  it("loses against an element's own client", async () => {
    const own = stubClient();
    const provider = await fixture(
      html`<welby-provider .client=${stubClient()}
        ><test-consumer .client=${own}></test-consumer
      ></welby-provider>`,
    );
    expect(inside(provider).currentClient).to.equal(own);
  });

  it("may be defined after the elements inside it", async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <late-provider><test-consumer></test-consumer></late-provider>
      </div>`,
    );
    const consumer = inside(page);
    expect(consumer.currentClient).to.equal(undefined);
    const { WelbyProvider } = await import("../provider.ts");
    customElements.define("late-provider", class extends WelbyProvider {});
    const client = stubClient();
    (page.firstElementChild as WelbyProvider).client = client;
    await until(() => consumer.currentClient === client);
  });

  it("tells the elements inside of another client, language and texts", async () => {
    const [first, second] = [stubClient(), stubClient()];
    const provider = await fixture<WelbyProvider>(
      html`<welby-provider .client=${first}><test-consumer></test-consumer></welby-provider>`,
    );
    const consumer = inside(provider);
    await consumer.updateComplete;
    provider.client = second;
    provider.locale = "en";
    provider.messages = { en: { "consumer.title": "Own title" } };
    await provider.updateComplete;
    await consumer.updateComplete;
    expect(consumer.seen).to.deep.equal([first, second]);
    expect(shown(consumer).slice(0, 2)).to.deep.equal(["Own title", "3 items"]);
  });

  it("serves an element that is moved to another provider", async () => {
    const [first, second] = [stubClient(), stubClient()];
    const page = await fixture<HTMLElement>(
      html`<div>
        <welby-provider .client=${first}><test-consumer></test-consumer></welby-provider>
        <welby-provider .client=${second}></welby-provider>
      </div>`,
    );
    const consumer = inside(page);
    page.querySelectorAll("welby-provider")[1]?.append(consumer);
    await until(() => consumer.currentClient === second);
    (page.querySelector("welby-provider") as WelbyProvider).client = stubClient();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(consumer.currentClient).to.equal(second);
  });

  it("takes from the provider around it what it does not say itself", async () => {
    const client = stubClient();
    const page = await fixture(
      html`<welby-provider .client=${client} locale="ja">
        <welby-provider locale="en"><test-consumer></test-consumer></welby-provider>
      </welby-provider>`,
    );
    await until(() => inside(page).currentClient === client);
    expect(inside(page).currentLocale).to.equal("en");
  });

  it("makes one client from its attributes, when the first element asks", async () => {
    const provider = await fixture<WelbyProvider>(
      html`<welby-provider base-url="https://api.example.jp" client-id="demo-portal" locale="en">
        <test-consumer></test-consumer>
      </welby-provider>`,
    );
    expect(provider.currentClient).to.equal(undefined);
    const clients = await Promise.all([inside(provider).requireClient(), inside(provider).requireClient()]);
    expect(clients[0]).to.equal(clients[1]);
    expect(provider.currentClient).to.equal(clients[0]);
    expect(clients[0]?.locale).to.equal("en");
  });

  it("makes another client when its attributes change", async () => {
    const provider = await fixture<WelbyProvider>(
      html`<welby-provider base-url="https://api.example.jp" client-id="demo-portal"></welby-provider>`,
    );
    const first = await provider.requireClient();
    provider.clientId = "sakura-portal";
    await provider.updateComplete;
    expect(await provider.requireClient()).not.to.equal(first);
  });

  it("tells an element that there is no client, instead of waiting for ever", async () => {
    const consumer = await fixture<TestConsumer>(html`<test-consumer></test-consumer>`);
    const reason: unknown = await consumer.requireClient(20).catch((thrown: unknown) => thrown);
    expect(reason).to.have.property("code", "client_missing");
  });

  it("serves an element that asked before there was a client", async () => {
    const consumer = await fixture<TestConsumer>(html`<test-consumer></test-consumer>`);
    const asking = consumer.requireClient();
    const client = stubClient();
    consumer.client = client;
    expect(await asking).to.equal(client);
  });

  it("says how the session changes, and stops when it leaves the page", async () => {
    const client = stubClient();
    const provider = await fixture<WelbyProvider>(html`<welby-provider .client=${client}></welby-provider>`);
    const seen: unknown[] = [];
    provider.addEventListener("welby-session", (event) => seen.push(event.detail));
    await until(() => client.listeners === 1, 4000);
    client.emit("locked", "locked");
    expect(seen).to.deep.equal([{ state: "locked", reason: "locked" }]);
    provider.remove();
    expect(client.listeners).to.equal(0);
  });

  it("sets the colour scheme and the density for what is inside", async () => {
    const provider = await fixture<WelbyProvider>(
      html`<welby-provider theme="dark" density="compact"><welby-login></welby-login></welby-provider>`,
    );
    await import("../../../define/login.ts");
    const input = await until(() => provider.querySelector("input"));
    expect(getComputedStyle(input).colorScheme).to.equal("dark");
    expect(getComputedStyle(input).minHeight).to.equal("32px");
    provider.theme = "light";
    provider.density = undefined;
    await provider.updateComplete;
    expect(getComputedStyle(input).colorScheme).to.equal("light");
    expect(getComputedStyle(input).minHeight).to.equal("44px");
  });
});

describe("the texts of an element", () => {
  it("are Japanese unless something says otherwise", async () => {
    const lang = document.documentElement.lang;
    document.documentElement.removeAttribute("lang");
    const consumer = await fixture<TestConsumer>(html`<test-consumer></test-consumer>`);
    expect(shown(consumer).slice(0, 2)).to.deep.equal(["題", "3件"]);
    document.documentElement.lang = lang;
  });

  it("follow the page's language, the client's, the provider's and their own, the nearest winning", async () => {
    const page = await fixture(html`<div lang="en-GB"><test-consumer></test-consumer></div>`);
    const consumer = inside(page);
    expect(consumer.currentLocale).to.equal("en");
    consumer.client = stubClient();
    expect(consumer.currentLocale).to.equal("ja");
    consumer.locale = "en";
    expect(consumer.currentLocale).to.equal("en");
    consumer.locale = "fr";
    expect(consumer.currentLocale).to.equal("ja");
  });

  it("come from the element's own messages first, then the provider's", async () => {
    const provider = await fixture<WelbyProvider>(
      html`<welby-provider .messages=${{ ja: { "consumer.title": "提供", "consumer.count": "全{n}" } }}>
        <test-consumer locale="ja" .messages=${{ ja: { title: "自前" } }}></test-consumer>
      </welby-provider>`,
    );
    expect(shown(inside(provider)).slice(0, 2)).to.deep.equal(["自前", "全3"]);
  });

  it("of errors come from the contract, or from the page's own words for a code", async () => {
    const consumer = await fixture<TestConsumer>(html`<test-consumer locale="ja"></test-consumer>`);
    await until(() => shown(consumer)[2] === "対象が見つかりません。");
    consumer.messages = { ja: { "error.not_found": "ありません" } };
    await consumer.updateComplete;
    expect(shown(consumer)[2]).to.equal("ありません");
  });

  it("put names with braces and dollar signs in as they are", async () => {
    const consumer = await fixture<TestConsumer>(html`<test-consumer locale="ja"></test-consumer>`);
    expect(consumer.texts.t("count", { n: "{n}$&$1" })).to.equal("{n}$&$1件");
  });
});
