import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import { setViewport } from "@web/test-runner-commands";
import type { StaffMember } from "@welby/contract/schemas";
import { onlyIn } from "../../../../test/support/engine.ts";
import { staff, suzuki, takahashi, tanaka } from "../../../../test/support/hospital.ts";
import { failing, later, paginated } from "../../../../test/support/paginated.ts";
import { failure } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import type { WelbyStaffRoleEditor } from "../staff-role-editor.ts";
import {
  all,
  announced,
  callsOf,
  changed,
  choose,
  dialog,
  find,
  hospital,
  members,
  mount,
  previewOf,
  radio,
  ready,
  review,
  save,
  text,
  textOf,
} from "./mount.ts";

const by = (id: string, more: Partial<StaffMember>) =>
  members.map<StaffMember>((member) => (member.id === id ? { ...member, ...more } : member));

describe("welby-staff-role-editor when somebody else was quicker (J-30)", () => {
  let list: StaffMember[];
  let editor: WelbyStaffRoleEditor;
  let client: ReturnType<typeof hospital>;

  beforeEach(async () => {
    list = members;
    client = hospital({
      staff: {
        list: () => paginated(list),
        previewRoles: async () =>
          previewOf([
            [takahashi, "admin"],
            [tanaka, "staff"],
          ]),
        changeRoles: async (input) => {
          if (input.changes.some(({ staffId, version }) => staffId === takahashi.id && version === 1)) {
            list = by(takahashi.id, { version: 2 });
            const conflicts = [
              { id: takahashi.id, version: 2, changedBy: "李 美玲", changedAt: "2026-11-23T00:05:00Z" },
            ];
            throw failure("version_conflict", { conflicts });
          }
          const answer = changed(input, list);
          list = list.map((member) => answer.items.find(({ id }) => id === member.id) ?? member);
          return answer;
        },
      },
    });
    editor = await ready(client);
    await choose(editor, takahashi, "admin");
    await choose(editor, tanaka, "staff");
    await review(editor);
    save(editor);
    await until(() => find(editor, "[part=conflict]"));
  });

  it("shows at the row who, when in Japan time, the value now and mine, and moves the focus there", async () => {
    const said = textOf(find(editor, "[part=conflict]"));
    expect(said).to.include("李 美玲さんが2026/11/23 09:05に変更しました。");
    expect(said).to.include("現在: スタッフ");
    expect(said).to.include("あなたの変更: 管理者");
    expect(all(editor, "[part=conflict]")).to.have.length(1);
    expect(dialog(editor)).to.equal(null);
    await until(() => find(editor, "[part=conflict]")?.contains(editor.shadowRoot?.activeElement ?? null));
  });

  it("loses no change, the row's own and the others'", () => {
    expect(radio(editor, takahashi, "admin").checked).to.equal(true);
    expect(radio(editor, tanaka, "staff").checked).to.equal(true);
    expect(editor.changeCount).to.equal(2);
  });

  it("does not save before the person has decided", async () => {
    const before = callsOf(client, "staff.previewRoles").length;
    find(editor, "[part=review]")?.click();
    await until(() => text(editor).includes("印の付いた行"));
    expect(callsOf(client, "staff.previewRoles")).to.have.length(before);
  });

  it("going on saves mine on the newest version", async () => {
    all(editor, "[part=conflict] button").at(-1)?.click();
    await until(() => find(editor, "[part=conflict]") === null);
    await review(editor);
    save(editor);
    await until(() => callsOf(client, "staff.changeRoles").length === 2);
    expect(callsOf(client, "staff.changeRoles")[1]).to.deep.include({
      changes: [
        { staffId: takahashi.id, role: "admin", version: 2 },
        { staffId: tanaka.id, role: "staff", version: 1 },
      ],
    });
  });

  it("taking the newest drops only this row's change", async () => {
    all(editor, "[part=conflict] button")[0]?.click();
    await until(() => find(editor, "[part=conflict]") === null);
    expect(radio(editor, takahashi, "staff").checked).to.equal(true);
    expect(editor.changeCount).to.equal(1);
    await until(() => editor.shadowRoot?.activeElement === radio(editor, takahashi, "staff"));
  });
});

describe("welby-staff-role-editor when somebody else saved the same change (J-30)", () => {
  it("says who, and leaves nothing to decide", async () => {
    let list = members;
    const client = hospital({
      staff: {
        list: () => paginated(list),
        previewRoles: async () => previewOf([[takahashi, "admin"]]),
        changeRoles: async () => {
          list = by(takahashi.id, { version: 2, role: "admin" });
          const conflicts = [
            { id: takahashi.id, version: 2, changedBy: "李 美玲", changedAt: "2026-11-23T00:05:00Z" },
          ];
          throw failure("version_conflict", { conflicts });
        },
      },
    });
    const editor = await ready(client);
    await choose(editor, takahashi, "admin");
    await review(editor);
    save(editor);
    await until(() => text(editor).includes("李 美玲さんが先に同じ変更を保存しました。"));
    expect(find(editor, "[part=conflict]")).to.equal(null);
    expect(editor.changeCount).to.equal(0);
  });
});

describe("welby-staff-role-editor with a list that moved", () => {
  it("notices it at the preview already", async () => {
    let list = members;
    const client = hospital({
      staff: {
        list: () => paginated(list),
        previewRoles: async () => {
          list = by(takahashi.id, { version: 2, status: "suspended" });
          return previewOf([[takahashi, "admin", "version_conflict"]], { allowed: false });
        },
      },
    });
    const editor = await ready(client);
    await choose(editor, takahashi, "admin");
    find(editor, "[part=review]")?.click();
    await until(() => find(editor, "[part=conflict]"));
    expect(textOf(find(editor, "[part=conflict]"))).to.include("ほかのスタッフが先に変更しました。");
    expect(dialog(editor)).to.equal(null);
  });

  it("drops a change for somebody who is gone, and says so", async () => {
    let list = members;
    const editor = await ready(hospital({ staff: { list: () => paginated(list) } }));
    await choose(editor, takahashi, "admin");
    list = members.filter(({ id }) => id !== takahashi.id);
    await editor.reload();
    await editor.updateComplete;
    expect(editor.changeCount).to.equal(0);
    expect(text(editor)).to.include("1人は、すでに一覧から削除されています。");
  });

  it("keeps changes through a reload that fails", async () => {
    let loads = 0;
    const list = () =>
      loads++ === 0 ? paginated(members) : failing<StaffMember>(failure("timeout", { retryable: true }));
    const editor = await ready(hospital({ staff: { list } }));
    await choose(editor, takahashi, "admin");
    await editor.reload();
    await editor.updateComplete;
    expect(editor.changeCount).to.equal(1);
    expect(text(editor)).to.include("前回の内容を表示しています。");
    expect(find(editor, "table")).to.not.equal(null);
  });
});

describe("welby-staff-role-editor and the page around it", () => {
  it("asks before changes are lost, and the page may leave without the question by cancelling it", async () => {
    const editor = await ready();
    expect(await editor.requestLeave()).to.equal(true);
    await choose(editor, takahashi, "admin");
    const heard = oneEvent(editor, "welby-before-leave");
    const answer = editor.requestLeave();
    expect((await heard).detail).to.deep.equal({ changes: 1 });
    const question = await until(() => find(editor, "dialog[open]") as HTMLElement);
    expect(textOf(question)).to.include("変更1件が失われます");
    expect(textOf(editor.shadowRoot?.activeElement ?? null)).to.equal("編集を続ける");
    question.querySelector<HTMLElement>("button")?.click();
    expect(await answer).to.equal(false);
    expect(editor.changeCount).to.equal(1);
    editor.addEventListener("welby-before-leave", (event) => event.preventDefault(), { once: true });
    expect(await editor.requestLeave()).to.equal(true);
  });

  it("holds back the unloading of the page only while there is something to lose", async () => {
    const editor = await ready();
    const unload = () => {
      const event = new Event("beforeunload", { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(unload()).to.equal(false);
    await choose(editor, takahashi, "admin");
    expect(unload()).to.equal(true);
    editor.remove();
    expect(unload()).to.equal(false);
  });

  it("a sign-out blanks everything, the question and the password field included", async () => {
    const client = hospital({
      staff: {
        changeRoles: async () => {
          throw failure("step_up_required");
        },
      },
    });
    const editor = await ready(client);
    await choose(editor, takahashi, "admin");
    await review(editor);
    save(editor);
    await until(() => document.querySelector("welby-staff-role-editor input[type=password]"));
    client.emit("signed_out", "other_tab");
    await until(() => dialog(editor) === null);
    expect(document.querySelector("welby-staff-role-editor input")).to.equal(null);
    expect(editor.shadowRoot?.textContent).to.not.contain("髙橋");
    expect(editor.changeCount).to.equal(0);
  });

  it("a lock keeps the changes for the same person only", async () => {
    const client = hospital();
    const editor = await ready(client);
    await choose(editor, takahashi, "admin");
    client.emit("locked", "locked");
    await until(() => find(editor, "table") === null);
    client.emit("signed_in", "reauthenticated");
    await until(() => textOf(find(editor, "#changes")) === "変更 1件");
    client.emit("locked", "locked");
    client.emit("signed_in", "signed_in");
    await until(() => find(editor, "#changes"));
    expect(editor.changeCount).to.equal(0);
  });

  it("shows a refusal of the list as one, not as an empty list", async () => {
    const editor = await mount(hospital({ staff: { list: () => failing<never>(failure("forbidden")) } }));
    await until(() => textOf(find(editor, "[role=alert]")).includes("この操作を行う権限がありません。"));
    expect(all(editor, "button")).to.have.length(0);
  });

  it("says it is loading only after a second", async () => {
    const editor = await mount(
      hospital({ staff: { list: () => later(new Promise<never>(() => undefined)) } }),
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(announced(editor)).to.equal("");
    await until(() => announced(editor) === "アカウント一覧を読み込んでいます。");
  });

  it("shows hostile names as text, and a name cannot turn its line around (A-017 A-023)", async () => {
    const list = [staff(1, "<img src=x onerror=window.hacked=1>", "a\u202Eb \u2069", "staff")];
    const editor = await ready(hospital({ staff: { list: () => paginated(list) } }));
    expect(textOf(find(editor, "tbody .name"))).to.equal("<img src=x onerror=window.hacked=1>");
    expect(editor.shadowRoot?.querySelector("img")).to.equal(null);
    expect("hacked" in window).to.equal(false);
    expect(editor.shadowRoot?.textContent).to.not.match(/[\u202A-\u202E\u2066-\u2069]/);
  });

  it("speaks the other language at once", async () => {
    const editor = await ready();
    editor.locale = "en";
    await editor.updateComplete;
    expect(textOf(find(editor, "[part=review]"))).to.equal("Review changes");
  });

  it("works inside a provider", async () => {
    await import("../../../define/provider.ts");
    const provider = await fixture(
      html`<welby-provider .client=${hospital()} locale="en"
        ><welby-staff-role-editor></welby-staff-role-editor
      ></welby-provider>`,
    );
    const editor = provider.querySelector("welby-staff-role-editor") as WelbyStaffRoleEditor;
    await until(() => find(editor, "table"));
    expect(textOf(find(editor, "thead th"))).to.equal("Name");
  });

  onlyIn(
    ["chromium", "firefox"],
    "WebDriver sets no viewport",
    "fits into 320 px in both languages",
    async () => {
      await setViewport({ width: 320, height: 640 });
      for (const locale of ["ja", "en"]) {
        const editor = await ready(hospital(), { locale });
        await choose(editor, suzuki, "staff");
        expect(document.documentElement.scrollWidth, locale).to.be.at.most(320);
        await review(editor);
        expect(dialog(editor)?.scrollWidth, locale).to.be.at.most(320);
        editor.remove();
      }
      await setViewport({ width: 1000, height: 700 });
    },
  );

  it("everything that can be pressed is 44 px high", async () => {
    const editor = await ready(
      hospital({ staff: { previewRoles: async () => previewOf([[suzuki, "staff"]]) } }),
    );
    await choose(editor, suzuki, "staff");
    await review(editor);
    const targets = all(editor, "button, input:not([type=radio], [type=checkbox]), label:has(input)");
    expect(targets.length).to.be.greaterThan(10);
    for (const target of targets) {
      const { height, width } = target.getBoundingClientRect();
      expect(Math.min(height, width), `${target.localName} ${textOf(target)}`).to.be.at.least(44);
    }
  });
});
