import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import { setViewport } from "@web/test-runner-commands";
import { group, groupId, groups, kazuko, wako } from "../../../../test/support/hospital.ts";
import { failing, later, paginated } from "../../../../test/support/paginated.ts";
import { onlyIn } from "../../../../test/support/engine.ts";
import { deferred, failure } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import {
  all,
  announced,
  callsOf,
  chips,
  find,
  hospital,
  mount,
  open,
  options,
  press,
  ready,
  textOf,
  type,
} from "./mount.ts";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("welby-group-picker", () => {
  it("says it is loading only after a second, and never that there is nothing", async () => {
    const picker = await mount(
      hospital({ groups: { list: () => later(new Promise<never>(() => undefined)) } }),
    );
    await wait(500);
    expect(announced(picker)).to.equal("");
    expect(picker.shadowRoot?.textContent).to.not.contain("件");
    expect(find(picker, "[aria-busy=true]")).to.not.equal(null);
    await until(() => announced(picker) === "グループを読み込んでいます。");
  });

  it("shows why it could not load and loads again on request, and tells the page", async () => {
    let broken = true;
    const list = () =>
      broken
        ? failing<(typeof groups)[number]>(failure("internal_error", { requestId: "req-7" }))
        : paginated(groups);
    const client = hospital({ groups: { list } });
    const element = document.createElement("welby-group-picker");
    const heard = oneEvent(element, "welby-error");
    element.client = client;
    await fixture(html`${element}`);
    expect((await heard).detail).to.deep.include({
      action: "load",
      code: "internal_error",
      requestId: "req-7",
    });
    await until(() => textOf(find(element, "[role=alert]")).includes("req-7"));
    broken = false;
    await press(element, "[role=alert] button");
    await until(() => find(element, "#input"));
  });

  it("forbidden is not empty, and offers no way to try again", async () => {
    const picker = await mount(hospital({ groups: { list: () => failing<never>(failure("forbidden")) } }));
    await until(() => textOf(find(picker, "[role=alert]")).includes("この操作を行う権限がありません。"));
    expect(all(picker, "button")).to.have.length(0);
  });

  it("reads all pages of the list", async () => {
    const many = Array.from({ length: 200 }, (_, index) => group(index + 1, `グループ${index + 1}`));
    const picker = await ready(hospital({ groups: { list: () => paginated(many, 50) } }));
    await open(picker);
    expect(options(picker)).to.have.length(200);
    expect(all(picker, "[role=option]").at(-1)?.getAttribute("aria-posinset")).to.equal("200");
    expect(all(picker, "[role=option]").at(0)?.getAttribute("aria-setsize")).to.equal("200");
  });

  it("says the number of results half a second after the last key press", async () => {
    const picker = await ready();
    await open(picker);
    await type(picker, "糖");
    await type(picker, "糖尿");
    await wait(300);
    expect(announced(picker)).to.equal("");
    await until(() => announced(picker) === "2件");
    await type(picker, "存在しない");
    await until(() => announced(picker) === "該当なし");
  });

  it("shows each heading with its groups, as a group a screen reader can name", async () => {
    const picker = await ready();
    await open(picker);
    const named = all(picker, "[role=group]").map((one) =>
      textOf(picker.shadowRoot?.getElementById(one.getAttribute("aria-labelledby") ?? "") ?? null),
    );
    expect(named).to.deep.equal(["疾患", "プログラム", "カテゴリーなし"]);
  });

  it("keeps a change that waits for its button through a reload", async () => {
    const picker = await ready(hospital(), { patients: [kazuko, wako] });
    await open(picker);
    find(picker, `[id="o-${groupId(2)}"]`)?.click();
    await picker.reload();
    await picker.updateComplete;
    expect(textOf(find(picker, "#changes"))).to.equal("変更 1件");
  });

  it("a sign-out takes everything off the screen, and what was wished is gone with it", async () => {
    const client = hospital();
    const picker = await ready(client, { patients: [kazuko, wako] });
    await open(picker);
    find(picker, `[id="o-${groupId(2)}"]`)?.click();
    client.emit("signed_out", "other_tab");
    await until(() => textOf(find(picker, "[part=error]")).includes("ログインしてください。"));
    expect(picker.shadowRoot?.textContent).to.not.contain("高血圧");
    client.emit("signed_in", "signed_in");
    await until(() => find(picker, "#changes"));
    expect(textOf(find(picker, "#changes"))).to.equal("変更はありません。");
  });

  it("a lock blanks the screen and keeps what was wished for the same person, not for another", async () => {
    const client = hospital();
    const picker = await ready(client, { patients: [kazuko, wako] });
    await open(picker);
    find(picker, `[id="o-${groupId(2)}"]`)?.click();
    client.emit("locked", "locked");
    await until(() => !picker.shadowRoot?.textContent?.includes("佐藤"));
    client.emit("signed_in", "reauthenticated");
    await until(() => textOf(find(picker, "#changes")) === "変更 1件");
    client.emit("locked", "locked");
    client.emit("signed_in", "signed_in");
    await until(() => textOf(find(picker, "#changes")) === "変更はありません。");
  });

  it("asks for nothing before the session is known", async () => {
    const state = deferred<"signed_in">();
    const client = hospital({ session: { ready: () => state.promise } });
    const picker = await mount(client);
    await wait(20);
    expect(callsOf(client, "groups.list")).to.have.length(0);
    state.resolve("signed_in");
    await until(() => find(picker, "#input"));
  });

  it("follows another client, and leaves no listener behind", async () => {
    const first = hospital();
    const second = hospital({ groups: { list: () => paginated([group(1, "別の病院")]) } });
    const picker = await ready(first);
    picker.client = second;
    await until(() => find(picker, "#input") && callsOf(second, "groups.list").length === 1);
    expect(first.listeners).to.equal(0);
    picker.remove();
    await wait(0);
    expect(second.listeners).to.equal(0);
  });

  it("speaks the other language at once", async () => {
    const picker = await ready(hospital(), { value: [groupId(1)] });
    expect(chips(picker)).to.deep.equal(["高血圧を外す"]);
    picker.locale = "en";
    await picker.updateComplete;
    expect(chips(picker)).to.deep.equal(["Remove 高血圧"]);
  });

  onlyIn(
    ["chromium", "firefox"],
    "WebDriver sets no viewport",
    "fits into 320 px in both languages",
    async () => {
      await setViewport({ width: 320, height: 640 });
      for (const locale of ["ja", "en"]) {
        const picker = await ready(hospital(), { patients: [kazuko, wako], locale });
        await open(picker);
        find(picker, `[id="o-${groupId(2)}"]`)?.click();
        await picker.updateComplete;
        expect(document.documentElement.scrollWidth, locale).to.be.at.most(320);
      }
      await setViewport({ width: 1000, height: 700 });
    },
  );

  it("everything that can be pressed is 44 px high", async () => {
    const picker = await ready(hospital(), { patients: [kazuko, wako] });
    await open(picker);
    find(picker, `[id="o-${groupId(2)}"]`)?.click();
    await picker.updateComplete;
    const targets = all(picker, "button, input, summary, [role=option]");
    expect(targets.length).to.be.greaterThan(8);
    for (const target of targets) {
      const { height, width } = target.getBoundingClientRect();
      expect(Math.min(height, width), `${target.className} ${textOf(target)}`).to.be.at.least(44);
    }
  });
});
