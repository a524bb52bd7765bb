import { expect, oneEvent } from "@open-wc/testing";
import type { PatientGroups } from "@welby/contract/schemas";
import { group, groupId, groups, kazuko, patient, wako } from "../../../../test/support/hospital.ts";
import { paginated } from "../../../../test/support/paginated.ts";
import { deferred, failure } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import type { WelbyGroupPicker } from "../group-picker.ts";
import {
  announced,
  callsOf,
  chips,
  find,
  hospital,
  open,
  option,
  press,
  ready,
  setOf,
  textOf,
} from "./mount.ts";

async function toggle(picker: WelbyGroupPicker, name: string): Promise<void> {
  await open(picker);
  option(picker, name).click();
  await picker.updateComplete;
}

/** Answers the dialog by its save button. */
async function confirm(picker: WelbyGroupPicker): Promise<string> {
  await press(picker, "[part=save]");
  const dialog = await until(() => find(picker, "dialog[open]") as HTMLElement);
  const said = textOf(dialog);
  dialog.querySelector<HTMLElement>(".w-actions button:last-child")?.click();
  await picker.updateComplete;
  return said;
}

describe("welby-group-picker for one patient", () => {
  const put = async (input: { groupIds: string[]; version: number }): Promise<PatientGroups> =>
    setOf(input.groupIds, input.version + 1);

  it("shows the patient's groups and says who the patient is, not only by name (J-17)", async () => {
    const picker = await ready(hospital(), { patients: [kazuko] });
    expect(chips(picker)).to.deep.equal(["高血圧を外す"]);
    expect(textOf(find(picker, "[part=patients]"))).to.equal(
      "佐藤 和子 サトウ カズコ 1958年(昭和33年)4月2日 診察券番号 00012341",
    );
  });

  it("saves a change at once, whole and under its version, and tells the page", async () => {
    const client = hospital({ patients: { putGroups: put } });
    const picker = await ready(client, { patients: [kazuko] });
    const heard = oneEvent(picker, "welby-groups-change");
    await toggle(picker, "2型糖尿病");
    const { detail } = await heard;
    expect(callsOf(client, "patients.putGroups")).to.deep.equal([
      { patientId: kazuko.id, groupIds: [groupId(1), groupId(2)], version: 1 },
    ]);
    expect(detail).to.deep.equal({
      patientIds: [kazuko.id],
      added: [groupId(2)],
      removed: [],
      changes: [{ groupId: groupId(2), add: [kazuko.id], remove: [] }],
    });
    await until(() => announced(picker) === "保存しました。");
  });

  it("sends what is pressed during a save afterwards, on the version the save answered", async () => {
    const first = deferred<PatientGroups>();
    let answers = 0;
    const client = hospital({
      patients: { putGroups: (input) => (answers++ === 0 ? first.promise : put(input)) },
    });
    const picker = await ready(client, { patients: [kazuko] });
    await toggle(picker, "2型糖尿病");
    await toggle(picker, "ＣＫＤ");
    first.resolve(setOf([groupId(1), groupId(2)], 2));
    await until(() => callsOf(client, "patients.putGroups").length === 2);
    expect(callsOf(client, "patients.putGroups")[1]).to.deep.equal({
      patientId: kazuko.id,
      groupIds: [groupId(1), groupId(2), groupId(3)],
      version: 2,
    });
  });

  it("a double click is one change and one request (A-106)", async () => {
    const client = hospital({ patients: { putGroups: put } });
    const picker = await ready(client, { patients: [kazuko] });
    await open(picker);
    for (const detail of [1, 2])
      option(picker, "2型糖尿病").dispatchEvent(new MouseEvent("click", { bubbles: true, detail }));
    await until(() => textOf(find(picker, ".status")) === "保存しました。");
    expect(callsOf(client, "patients.putGroups")).to.have.length(1);
    expect(picker.value).to.deep.equal([groupId(1), groupId(2)]);
  });

  it("a page can hold a change back, or refuse it, and then nothing is sent", async () => {
    const client = hospital({ patients: { putGroups: put } });
    const picker = await ready(client, { patients: [kazuko] });
    const answer = deferred<void>();
    picker.addEventListener("welby-before-groups-change", (event) => event.waitUntil(answer.promise), {
      once: true,
    });
    await toggle(picker, "2型糖尿病");
    expect(callsOf(client, "patients.putGroups")).to.have.length(0);
    answer.reject(new Error("not today"));
    await until(() => picker.value.length === 1);
    picker.addEventListener("welby-before-groups-change", (event) => event.preventDefault(), { once: true });
    await toggle(picker, "2型糖尿病");
    await until(() => picker.value.length === 1);
    expect(callsOf(client, "patients.putGroups")).to.have.length(0);
  });

  it("keeps what was wished when saving fails, and saves it again with the same key if nobody knows the outcome", async () => {
    const keys: (string | undefined)[] = [];
    let fails = true;
    const client = hospital({
      patients: {
        putGroups: async (input, options) => {
          keys.push(options?.idempotencyKey);
          if (fails) throw failure("connection_failed", { retryable: true, outcomeUnknown: true });
          return put(input);
        },
      },
    });
    const picker = await ready(client, { patients: [kazuko] });
    const heard = oneEvent(picker, "welby-error");
    await toggle(picker, "2型糖尿病");
    expect((await heard).detail).to.deep.equal({
      action: "groups-change",
      code: "connection_failed",
      retryable: true,
      requestId: undefined,
    });
    await until(() => find(picker, "[role=alert]"));
    expect(picker.value).to.deep.equal([groupId(1), groupId(2)]);
    fails = false;
    await press(picker, "[role=alert] button", "もう一度保存する");
    await until(() => textOf(find(picker, ".status")) === "保存しました。");
    expect(keys[0]).to.be.a("string");
    expect(keys[1]).to.equal(keys[0]);
  });

  it("a reason to refuse is shown, and undoing goes back to what the server has", async () => {
    const client = hospital({
      patients: {
        putGroups: async () => {
          throw failure("not_linked", { requestId: "req-7" });
        },
      },
    });
    const picker = await ready(client, { patients: [kazuko] });
    await toggle(picker, "2型糖尿病");
    const alert = await until(() => find(picker, "[role=alert]") as HTMLElement);
    await until(() =>
      textOf(alert).includes("連携していない患者さんが含まれているため、割り当てられません。"),
    );
    expect(textOf(alert)).to.include("お問い合わせ番号: req-7");
    await press(picker, "[role=alert] button", "元に戻す");
    expect(picker.value).to.deep.equal([groupId(1)]);
  });

  describe("when somebody else was quicker (J-30)", () => {
    let current: PatientGroups;
    let picker: WelbyGroupPicker;
    let client: ReturnType<typeof hospital>;

    beforeEach(async () => {
      current = setOf([groupId(1)], 1);
      client = hospital({
        patients: {
          getGroups: async () => current,
          putGroups: async (input) => {
            if (input.version === 1) {
              current = setOf([groupId(5)], 2);
              const conflicts = [
                { id: kazuko.id, version: 2, changedBy: "田中 美咲", changedAt: "2026-11-23T00:05:00Z" },
              ];
              throw failure("version_conflict", { conflicts });
            }
            return (current = setOf([...input.groupIds], 3));
          },
        },
      });
      picker = await ready(client, { patients: [kazuko] });
      await toggle(picker, "2型糖尿病");
      await until(() => textOf(find(picker, "[part=conflict]")).includes("リブレ使用"));
    });

    it("says who and when in Japan time, what they changed, and what of mine is left", () => {
      const said = textOf(find(picker, "[part=conflict]"));
      expect(said).to.include("田中 美咲さんが2026/11/23 09:05に、この患者さんのグループを変更しました。");
      expect(said).to.include("追加された: リブレ使用");
      expect(said).to.include("外された: 高血圧");
      expect(said).to.include("あなたの変更(割り当てる): 2型糖尿病");
      expect(find(picker, "[part=conflict] time")?.getAttribute("datetime")).to.equal(
        "2026-11-23T09:05:00+09:00",
      );
    });

    it("puts my change on top without undoing theirs", async () => {
      await press(picker, "[part=conflict] button", "自分の変更を重ねて保存する");
      await until(() => callsOf(client, "patients.putGroups").length === 2);
      expect(callsOf(client, "patients.putGroups")[1]).to.deep.equal({
        patientId: kazuko.id,
        groupIds: [groupId(5), groupId(2)],
        version: 2,
      });
      await until(() => find(picker, "[part=conflict]") === null);
    });

    it("or takes theirs as it is, and sends nothing", async () => {
      await press(picker, "[part=conflict] button", "最新の内容にする");
      expect(picker.value).to.deep.equal([groupId(5)]);
      expect(callsOf(client, "patients.putGroups")).to.have.length(1);
    });
  });

  it("with manual-save nothing is sent before the button and the confirmation, which names the patient", async () => {
    const client = hospital({ patients: { putGroups: put } });
    const picker = await ready(client, { patients: [kazuko], manualSave: true });
    await toggle(picker, "2型糖尿病");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(callsOf(client, "patients.putGroups")).to.have.length(0);
    const said = await confirm(picker);
    expect(said).to.include("佐藤 和子 サトウ カズコ 1958年(昭和33年)4月2日 診察券番号 00012341");
    expect(said).to.include("割り当てる: 2型糖尿病");
    await until(() => callsOf(client, "patients.putGroups").length === 1);
  });

  it("another patient gets neither the wishes nor the answer of the one before", async () => {
    const answer = deferred<PatientGroups>();
    const client = hospital({
      patients: {
        getGroups: async (id) => setOf(id === kazuko.id ? [groupId(1)] : [groupId(6)], 1, id),
        putGroups: () => answer.promise,
      },
    });
    const picker = await ready(client, { patients: [kazuko] });
    await toggle(picker, "2型糖尿病");
    picker.patients = [wako];
    await until(() => chips(picker).join() === "要フォローを外す");
    answer.resolve(setOf([groupId(1), groupId(2)], 2));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(chips(picker)).to.deep.equal(["要フォローを外す"]);
    expect(callsOf(client, "patients.putGroups")).to.have.length(1);
  });

  it("an unsaved wish is dropped with the patient it was meant for", async () => {
    const client = hospital({ patients: { getGroups: async (id) => setOf([], 1, id) } });
    const picker = await ready(client, { patients: [kazuko], manualSave: true });
    await toggle(picker, "2型糖尿病");
    picker.patients = [wako];
    await until(() => find(picker, "#input") && chips(picker).length === 0);
    expect(textOf(find(picker, "#changes"))).to.equal("変更はありません。");
  });
});

describe("welby-group-picker for many patients", () => {
  const assign = (client: ReturnType<typeof hospital>) => callsOf(client, "groups.changeMembers");
  const changeMembers = async (input: { groupId: string }) => ({
    added: 1,
    removed: 0,
    group: group(Number(input.groupId.slice(-2)), "名前"),
  });

  it("shows all, some or none, and asks nobody about patients whose rows the page has given", async () => {
    const client = hospital();
    const picker = await ready(client, { patients: [kazuko, wako] });
    await open(picker);
    expect(textOf(option(picker, "高血圧"))).to.equal("高血圧 2人中1人 登録 1人");
    expect(option(picker, "高血圧").getAttribute("aria-selected")).to.equal("false");
    expect(chips(picker)).to.deep.equal(["高血圧 2人中1人を外す"]);
    expect(callsOf(client, "patients.getGroups")).to.have.length(0);
  });

  it("asks about patients it knows only by id", async () => {
    const client = hospital({ patients: { getGroups: async (id) => setOf([groupId(2)], 1, id) } });
    const picker = await ready(client);
    picker.patientIds = [kazuko.id, wako.id];
    await until(() => chips(picker).join() === "2型糖尿病を外す");
    expect(callsOf(client, "patients.getGroups")).to.deep.equal([kazuko.id, wako.id]);
  });

  it("assigns two patients to a group by exactly one request, after a confirmation that tells them apart (J-17)", async () => {
    const client = hospital({ groups: { changeMembers } });
    const picker = await ready(client, { patients: [kazuko, wako] });
    await toggle(picker, "2型糖尿病");
    expect(assign(client)).to.have.length(0);
    expect(textOf(find(picker, "[part=save]"))).to.equal("2人に割り当てる");
    const heard = oneEvent(picker, "welby-groups-change");
    const said = await confirm(picker);
    expect(said).to.include("サトウ カズコ 1958年(昭和33年)4月2日 診察券番号 00012341");
    expect(said).to.include("サトウ ワコ 1989年(昭和64年)1月7日 診察券番号 00012342");
    await heard;
    expect(assign(client)).to.deep.equal([{ groupId: groupId(2), add: [kazuko.id, wako.id], remove: [] }]);
    await until(() => announced(picker) === "保存しました。");
    await open(picker);
    expect(textOf(option(picker, "2型糖尿病"))).to.equal("2型糖尿病 2人全員 登録 4人");
  });

  it("keeps what was wished when the page sorts the same patients anew", async () => {
    const picker = await ready(hospital(), { patients: [kazuko, wako] });
    await toggle(picker, "2型糖尿病");
    picker.patients = [wako, kazuko];
    await picker.updateComplete;
    expect(textOf(find(picker, "#changes"))).to.equal("変更 1件");
  });

  it("names only the patients whom a change concerns", async () => {
    const client = hospital({ groups: { changeMembers } });
    const picker = await ready(client, { patients: [kazuko, wako] });
    await toggle(picker, "高血圧");
    await confirm(picker);
    await until(() => assign(client).length === 1);
    expect(assign(client)).to.deep.equal([{ groupId: groupId(1), add: [wako.id], remove: [] }]);
  });

  it("the dialog has its focus on the way out, Enter there saves nothing, and the focus comes back", async () => {
    const client = hospital({ groups: { changeMembers } });
    const picker = await ready(client, { patients: [kazuko, wako] });
    await toggle(picker, "2型糖尿病");
    find(picker, "[part=save]")?.focus();
    await press(picker, "[part=save]");
    const dialog = await until(() => find(picker, "dialog[open]") as HTMLElement);
    expect(textOf(picker.shadowRoot?.activeElement ?? null)).to.equal("やめる");
    dialog.querySelector<HTMLElement>("button")?.click();
    await until(() => find(picker, "dialog[open]") === null);
    expect(assign(client)).to.have.length(0);
    await until(() => picker.shadowRoot?.activeElement === find(picker, "[part=save]"));
    expect(textOf(find(picker, "#changes"))).to.equal("変更 1件");
  });

  it("pressing the confirmation twice sends one request (A-106)", async () => {
    const client = hospital({ groups: { changeMembers } });
    const picker = await ready(client, { patients: [kazuko, wako] });
    await toggle(picker, "2型糖尿病");
    await press(picker, "[part=save]");
    const dialog = await until(() => find(picker, "dialog[open]") as HTMLElement);
    const yes = dialog.querySelector<HTMLElement>(".w-actions button:last-child");
    yes?.click();
    yes?.click();
    await until(() => assign(client).length > 0);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(assign(client)).to.have.length(1);
  });

  it("what one group refuses another takes; the refused change stays, with its reason", async () => {
    const client = hospital({
      groups: {
        changeMembers: async (input) => {
          if (input.groupId === groupId(2)) throw failure("not_found");
          return changeMembers(input);
        },
      },
    });
    const picker = await ready(client, { patients: [kazuko, wako] });
    await toggle(picker, "2型糖尿病");
    await toggle(picker, "ＣＫＤ");
    await confirm(picker);
    await until(() => find(picker, "[role=alert]"));
    expect(assign(client)).to.have.length(2);
    expect(textOf(find(picker, "#changes"))).to.equal("変更 1件");
    await until(() => announced(picker) === "1件を保存しました。1件は保存できませんでした。");
  });

  it("without a connection it stops at the first failure and keeps every change", async () => {
    const client = hospital({
      groups: {
        changeMembers: async () => {
          throw failure("connection_failed", { retryable: true });
        },
      },
    });
    const picker = await ready(client, { patients: [kazuko, wako] });
    await toggle(picker, "2型糖尿病");
    await toggle(picker, "ＣＫＤ");
    await confirm(picker);
    await until(() => find(picker, "[role=alert]"));
    expect(assign(client)).to.have.length(1);
    expect(textOf(find(picker, "#changes"))).to.equal("変更 2件");
  });

  it("more than 200 patients cannot be sent, and the reason stands beside the button", async () => {
    const rows = Array.from({ length: 201 }, (_, index) => patient(index + 1, "サトウ カズコ", "1958-04-02"));
    const picker = await ready(hospital(), { patients: rows });
    await toggle(picker, "2型糖尿病");
    expect(textOf(find(picker, "#changes"))).to.include("200人まで");
    expect(find(picker, "[part=save]")?.getAttribute("aria-disabled")).to.equal("true");
    await press(picker, "[part=save]");
    expect(find(picker, "dialog[open]")).to.equal(null);
  });

  it("a group created for two patients is wished for both, and assigned by the button in one request", async () => {
    const created = group(7, "リブレ", null, 0);
    let list = groups;
    const client = hospital({
      groups: {
        changeMembers,
        list: () => paginated(list),
        create: async () => {
          list = [...groups, created];
          return created;
        },
      },
    });
    const picker = await ready(client, { patients: [kazuko, wako] });
    await open(picker);
    const field = find<HTMLInputElement>(picker, "#input");
    if (field) field.value = "リブレ";
    field?.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await picker.updateComplete;
    option(picker, "「リブレ」を新規作成").click();
    await until(() => chips(picker).includes("リブレを外す"));
    await confirm(picker);
    await until(() => assign(client).length === 1);
    expect(assign(client)).to.deep.equal([{ groupId: created.id, add: [kazuko.id, wako.id], remove: [] }]);
  });
});
