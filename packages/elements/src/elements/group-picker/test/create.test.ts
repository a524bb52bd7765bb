import { expect, oneEvent } from "@open-wc/testing";
import { group, groupId, groups } from "../../../../test/support/hospital.ts";
import { paginated } from "../../../../test/support/paginated.ts";
import { deferred, failure } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import type { WelbyGroupPicker } from "../group-picker.ts";
import {
  active,
  announced,
  callsOf,
  find,
  hospital,
  open,
  option,
  options,
  ready,
  textOf,
  type,
} from "./mount.ts";

const created = group(7, "禁煙外来", null, 0);
const LABEL = "「禁煙外来」を新規作成";

async function offer(picker: WelbyGroupPicker, name = "禁煙外来"): Promise<void> {
  await open(picker);
  await type(picker, name);
}

describe("welby-group-picker creating a group", () => {
  it("offers it last, and only for a name that no group has (A-017 J-8)", async () => {
    const picker = await ready();
    await offer(picker, "糖尿病");
    expect(options(picker)).to.deep.equal(["2型糖尿病", "糖尿病教育入院", "「糖尿病」を新規作成"]);
    await type(picker, "CKD");
    expect(options(picker)).to.deep.equal(["ＣＫＤ"]);
  });

  it("makes it, picks it, says so and tells the page, with no secret and nothing but the group", async () => {
    const client = hospital({ groups: { create: async () => created } });
    const picker = await ready(client);
    await offer(picker);
    const heard = oneEvent(picker, "welby-group-create");
    option(picker, LABEL).click();
    expect((await heard).detail).to.deep.equal({ group: created });
    await until(() => picker.value.includes(created.id));
    expect(callsOf(client, "groups.create")).to.deep.equal([{ name: "禁煙外来", categoryId: null }]);
    await until(() => announced(picker) === "「禁煙外来」を作成し、選択しました。合計1件");
  });

  it("is pending inside its option, and a second press sends nothing (A-106)", async () => {
    const answer = deferred<typeof created>();
    const client = hospital({ groups: { create: () => answer.promise } });
    const picker = await ready(client);
    await offer(picker);
    option(picker, LABEL).click();
    await picker.updateComplete;
    const pending = option(picker, "「禁煙外来」を作成しています。");
    expect(pending.getAttribute("aria-disabled")).to.equal("true");
    pending.click();
    answer.resolve(created);
    await until(() => picker.value.includes(created.id));
    expect(callsOf(client, "groups.create")).to.have.length(1);
  });

  it("a duplicate leads to the group that exists, found by the server's rule, and creates nothing", async () => {
    let list = groups;
    const client = hospital({
      groups: {
        list: () => paginated(list),
        create: async () => {
          list = [...groups, group(7, "禁煙　外来", 2)];
          throw failure("duplicate_name");
        },
      },
    });
    const picker = await ready(client);
    await offer(picker, "禁煙 外来");
    option(picker, "「禁煙 外来」を新規作成").click();
    await until(() => options(picker).join() === "禁煙 外来");
    expect(active(picker)).to.equal("禁煙 外来");
    await until(() => announced(picker).includes("はすでにあります"));
    expect(picker.value).to.deep.equal([]);
  });

  it("a failure stays inside the option with its reason, and can be tried again with the same key", async () => {
    const keys: (string | undefined)[] = [];
    const client = hospital({
      groups: {
        create: async (_input, call) => {
          keys.push(call?.idempotencyKey);
          if (keys.length === 1) throw failure("timeout", { retryable: true, outcomeUnknown: true });
          return created;
        },
      },
    });
    const picker = await ready(client);
    await offer(picker);
    option(picker, LABEL).click();
    await until(() => textOf(option(picker, LABEL)).includes("時間内に応答がありませんでした。"));
    expect(find<HTMLInputElement>(picker, "#input")?.value).to.equal("禁煙外来");
    option(picker, LABEL).click();
    await until(() => picker.value.includes(created.id));
    expect(keys[0]).to.be.a("string");
    expect(keys[1]).to.equal(keys[0]);
  });

  it("a definite refusal gets a new key the next time", async () => {
    const keys: (string | undefined)[] = [];
    const client = hospital({
      groups: {
        create: async (_input, call) => {
          keys.push(call?.idempotencyKey);
          throw failure("limit_reached");
        },
      },
    });
    const picker = await ready(client);
    await offer(picker);
    for (const times of [1, 2]) {
      option(picker, LABEL).click();
      await until(() => keys.length === times && find(picker, ".create .w-error"));
    }
    expect(keys[1]).to.not.equal(keys[0]);
  });

  it("a page can refuse it", async () => {
    const client = hospital();
    const picker = await ready(client);
    picker.addEventListener("welby-before-group-create", (event) => {
      expect(event.detail).to.deep.equal({ name: "禁煙外来" });
      event.preventDefault();
    });
    await offer(picker);
    option(picker, LABEL).click();
    await until(() => option(picker, LABEL).getAttribute("aria-disabled") === null);
    expect(callsOf(client, "groups.create")).to.have.length(0);
    expect(picker.value).to.deep.equal([]);
  });

  it("names that cannot be stored are not offered, and the reason is said (A-023 J-9)", async () => {
    const picker = await ready();
    await offer(picker, "葛\u{E0100}".repeat(51));
    expect(textOf(find(picker, ".note"))).to.equal("グループ名は50文字までです。");
    await type(picker, "a\u202Eb");
    expect(textOf(find(picker, ".note"))).to.equal("グループ名に使えない文字が含まれています。");
    expect(options(picker)).to.deep.equal([]);
  });

  it("shows hostile names as text (A-017 A-002)", async () => {
    const name = "<img src=x onerror=window.hacked=1>";
    const client = hospital({ groups: { list: () => paginated([group(1, name)]) } });
    const picker = await ready(client, { value: [groupId(1)] });
    await open(picker);
    expect(options(picker)).to.deep.equal([name]);
    expect(picker.shadowRoot?.querySelector("img")).to.equal(null);
    expect("hacked" in window).to.equal(false);
  });

  it("a name that turns the text around cannot reorder the line it stands in (A-023)", async () => {
    const client = hospital({ groups: { list: () => paginated([group(1, "a\u2069\u202Ebc")]) } });
    const picker = await ready(client, { value: [groupId(1)] });
    await open(picker);
    expect(picker.shadowRoot?.textContent).to.not.match(/[\u202A-\u202E\u2066-\u2069]/);
  });
});
