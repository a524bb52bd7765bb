import { expect, oneEvent } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { staff, suzuki, takahashi, tanaka } from "../../../../test/support/hospital.ts";
import { paginated } from "../../../../test/support/paginated.ts";
import { deferred, failure } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import {
  all,
  announced,
  callsOf,
  changed,
  choose,
  dialog,
  enterPassword,
  find,
  hospital,
  members,
  passwordField,
  previewOf,
  radio,
  ready,
  review,
  save,
  text,
  textOf,
} from "./mount.ts";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("welby-staff-role-editor", () => {
  it("shows everybody of all pages in a real table, each with a radio group named by the row's header", async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      staff(index + 1, `職員 ${index + 1}`, "ショクイン イチ", "staff"),
    );
    const editor = await ready(hospital({ staff: { list: () => paginated(many, 50) } }));
    expect(all(editor, "tbody tr")).to.have.length(120);
    const group = find(editor, "[role=radiogroup]");
    const header = editor.shadowRoot?.getElementById(group?.getAttribute("aria-labelledby") ?? "");
    expect([header?.localName, header?.getAttribute("scope")]).to.deep.equal(["th", "row"]);
    expect(textOf(header ?? null)).to.include("職員 1");
  });

  it("says beside each choice what it allows", async () => {
    const editor = await ready();
    const described = editor.shadowRoot?.getElementById(
      radio(editor, takahashi, "admin").getAttribute("aria-describedby") ?? "",
    );
    expect(textOf(described ?? null)).to.equal(
      "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。",
    );
  });

  it("arrows choose inside a radio group, and nothing is saved by that", async () => {
    const client = hospital();
    const editor = await ready(client);
    radio(editor, takahashi, "staff").focus();
    await sendKeys({ press: "ArrowDown" });
    await until(() => textOf(find(editor, "#changes")) === "変更 1件");
    expect(radio(editor, takahashi, "admin").checked).to.equal(true);
    await sendKeys({ press: "ArrowUp" });
    await until(() => textOf(find(editor, "#changes")).startsWith("変更はありません。"));
    expect(callsOf(client, "staff.changeRoles")).to.have.length(0);
  });

  it("finds people by name and by reading in any kana, also before it is converted", async () => {
    const editor = await ready();
    const field = find<HTMLInputElement>(editor, "#filter") as HTMLInputElement;
    for (const query of ["高橋", "たかはし", "ﾀｶﾊｼ", "たかはs", "member3@"]) {
      field.value = query;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await editor.updateComplete;
      expect(all(editor, "tbody .name").map(textOf), query).to.deep.equal(["髙橋 由美"]);
    }
    await until(() => announced(editor) === "1人");
  });

  it("scrolls what gets the focus clear of the bar at the bottom, on a narrow screen too", async () => {
    const editor = await ready();
    editor.style.display = "block";
    editor.style.width = "280px";
    const margin = Number.parseFloat(getComputedStyle(radio(editor, tanaka, "admin")).scrollMarginBottom);
    expect(margin).to.be.at.least(find(editor, "[part=save-bar]")?.offsetHeight ?? Infinity);
  });

  it("says that a change is hidden by the filter, and still shows it before saving", async () => {
    const editor = await ready();
    await choose(editor, takahashi, "admin");
    const field = find<HTMLInputElement>(editor, "#filter") as HTMLInputElement;
    field.value = "鈴木";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await editor.updateComplete;
    expect(text(editor)).to.include("絞り込みで表示されていない変更が1件あります。");
    expect(textOf(await review(editor))).to.include("髙橋 由美");
  });

  it("shows why a role is locked, lets the radio be reached, and refuses it there", async () => {
    const sole = staff(1, "山﨑 進", "ヤマザキ ススム", "admin", {
      actions: [{ action: "change_role", allowed: false, disabledReason: "last_admin" }],
    });
    const editor = await ready(hospital({ staff: { list: () => paginated([sole, takahashi]) } }));
    await until(() =>
      text(editor).includes(
        "変更できません: 管理者が1人もいなくなるため、変更できません。 先に別のスタッフを管理者にしてください。",
      ),
    );
    const option = radio(editor, sole, "staff");
    expect([option.disabled, option.getAttribute("aria-disabled")]).to.deep.equal([false, "true"]);
    option.click();
    await editor.updateComplete;
    expect([option.checked, radio(editor, sole, "admin").checked]).to.deep.equal([false, true]);
    radio(editor, sole, "admin").focus();
    await sendKeys({ press: "ArrowUp" });
    await editor.updateComplete;
    expect(radio(editor, sole, "admin").checked).to.equal(true);
    await until(() => announced(editor).startsWith("変更できません"));
  });

  it("opens the last administrator's row once a successor is chosen, because both are decided together", async () => {
    const sole = staff(1, "山﨑 進", "ヤマザキ ススム", "admin", {
      actions: [{ action: "change_role", allowed: false, disabledReason: "last_admin" }],
    });
    const editor = await ready(hospital({ staff: { list: () => paginated([sole, takahashi]) } }));
    await choose(editor, takahashi, "admin");
    await choose(editor, sole, "staff");
    expect(textOf(find(editor, "#changes"))).to.equal("変更 2件");
  });

  it("edits one person by staff-id", async () => {
    const client = hospital({ staff: { get: async () => takahashi } });
    const editor = await ready(client, { staffId: takahashi.id });
    expect(all(editor, "tbody tr")).to.have.length(1);
    expect(callsOf(client, "staff.list")).to.have.length(0);
    expect(find(editor, "#filter")).to.equal(null);
  });

  it("undoing takes all changes back", async () => {
    const editor = await ready();
    await choose(editor, takahashi, "admin");
    find(editor, "[part=save-bar] .w-button-secondary")?.click();
    await editor.updateComplete;
    expect(radio(editor, takahashi, "staff").checked).to.equal(true);
    expect(editor.changeCount).to.equal(0);
  });
});

describe("welby-staff-role-editor before saving", () => {
  it("shows the difference and the number of administrators, with the focus on the way out", async () => {
    const client = hospital();
    const editor = await ready(client);
    await choose(editor, takahashi, "admin");
    const question = await review(editor);
    expect(textOf(question)).to.include(`髙橋 由美 タカハシ ユミ ${takahashi.email} スタッフ → 管理者`);
    expect(textOf(question)).to.include("利用中の管理者: 2人 → 3人");
    expect(callsOf(client, "staff.previewRoles")).to.deep.equal([
      { changes: [{ staffId: takahashi.id, role: "admin", version: 1 }], confirmSelf: true },
    ]);
    expect(textOf(editor.shadowRoot?.activeElement ?? null)).to.equal("やめる");
    await sendKeys({ press: "Enter" });
    await until(() => dialog(editor) === null);
    expect(callsOf(client, "staff.changeRoles")).to.have.length(0);
    await until(() => editor.shadowRoot?.activeElement === find(editor, "[part=review]"));
  });

  it("does not save by the second click of a double click that opened the question", async () => {
    const client = hospital();
    const editor = await ready(client);
    await choose(editor, takahashi, "admin");
    await review(editor);
    find(editor, "[part=save]")?.dispatchEvent(new MouseEvent("click", { detail: 2 }));
    await wait(50);
    expect(callsOf(client, "staff.changeRoles")).to.have.length(0);
    save(editor);
    await until(() => callsOf(client, "staff.changeRoles").length === 1);
  });

  it("Escape goes back, and the typed reason is there the next time", async () => {
    const editor = await ready();
    await choose(editor, takahashi, "admin");
    await review(editor);
    find(editor, "#reason")?.focus();
    await sendKeys({ type: "abc" });
    await sendKeys({ press: "Escape" });
    await until(() => dialog(editor) === null);
    await review(editor);
    expect(find<HTMLInputElement>(editor, "#reason")?.value).to.equal("abc");
    expect(editor.changeCount).to.equal(1);
  });

  it("says in words why a set of changes cannot be saved, and offers no way to save it", async () => {
    const preview = previewOf(
      [
        [suzuki, "staff"],
        [tanaka, "staff"],
      ],
      {
        allowed: false,
        problems: ["last_admin"],
        activeAdminsAfter: 0,
      },
    );
    const editor = await ready(hospital({ staff: { previewRoles: async () => preview } }));
    await choose(editor, suzuki, "staff");
    await choose(editor, tanaka, "staff");
    const question = await review(editor);
    await until(() =>
      textOf(question).includes(
        "管理者が1人もいなくなるため、変更できません。 先に別のスタッフを管理者にしてください。",
      ),
    );
    expect(textOf(question)).to.include("利用中の管理者: 2人 → 0人");
    expect(find(editor, "[part=save]")).to.equal(null);
    find(editor, "[part=cancel]")?.click();
    await until(() => dialog(editor) === null);
    expect(editor.changeCount).to.equal(2);
  });

  it("giving up the own right needs a tick of its own, and sends it", async () => {
    const preview = previewOf([[suzuki, "staff"]], { activeAdminsAfter: 1 });
    const client = hospital({ staff: { previewRoles: async () => preview } });
    const editor = await ready(client);
    await choose(editor, suzuki, "staff");
    await review(editor);
    save(editor);
    await until(() => find(editor, "#confirm-self-error"));
    expect(callsOf(client, "staff.changeRoles")).to.have.length(0);
    await until(() => editor.shadowRoot?.activeElement?.id === "confirm-self");
    find(editor, "#confirm-self")?.click();
    await editor.updateComplete;
    save(editor);
    await until(() => text(editor).includes("ご自身の管理者権限を外しました。"));
    expect(callsOf(client, "staff.changeRoles")).to.deep.equal([
      { changes: [{ staffId: suzuki.id, role: "staff", version: 1 }], confirmSelf: true },
    ]);
    // Who is no administrator any more would only be refused.
    expect(callsOf(client, "staff.list")).to.have.length(1);
  });

  it("other people's changes carry no such tick", async () => {
    const client = hospital();
    const editor = await ready(client);
    await choose(editor, takahashi, "admin");
    await review(editor);
    expect(find(editor, "#confirm-self")).to.equal(null);
    save(editor);
    await until(() => callsOf(client, "staff.changeRoles").length === 1);
    expect(callsOf(client, "staff.changeRoles")[0]).to.not.have.property("confirmSelf");
  });

  it("a reason travels along as typed; one that cannot be stored is refused beside its field (J-9 A-023)", async () => {
    const client = hospital();
    const editor = await ready(client);
    await choose(editor, takahashi, "admin");
    await review(editor);
    const reason = find<HTMLInputElement>(editor, "#reason") as HTMLInputElement;
    const type = async (value: string) => {
      reason.value = value;
      reason.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await editor.updateComplete;
      save(editor);
      await editor.updateComplete;
    };
    await type("葛\u{E0100}".repeat(201));
    expect(textOf(find(editor, "#reason-error"))).to.equal("理由は200文字までです。");
    await type("a\u202Eb");
    expect(textOf(find(editor, "#reason-error"))).to.equal("理由に使えない文字が含まれています。");
    expect(callsOf(client, "staff.changeRoles")).to.have.length(0);
    await type("葛\u{E0100}".repeat(200));
    await until(() => callsOf(client, "staff.changeRoles").length === 1);
    expect(callsOf(client, "staff.changeRoles")[0]).to.have.property("reason", "葛\u{E0100}".repeat(200));
  });
});

describe("welby-staff-role-editor saving", () => {
  it("saves, says so, tells the page without names, and goes back to the row", async () => {
    let list = members;
    const client = hospital({
      staff: {
        list: () => paginated(list),
        changeRoles: async (input) => {
          const answer = changed(input);
          list = members.map((member) => answer.items.find(({ id }) => id === member.id) ?? member);
          return answer;
        },
      },
    });
    const editor = await ready(client);
    await choose(editor, takahashi, "admin");
    await review(editor);
    const heard = oneEvent(editor, "welby-role-change");
    save(editor);
    expect((await heard).detail).to.deep.equal({
      changes: [{ staffId: takahashi.id, from: "staff", to: "admin" }],
    });
    await until(() => announced(editor) === "1件の権限を変更しました。");
    expect(textOf(find(editor, "#changes")), "beside the button").to.equal("1件の権限を変更しました。");
    await until(() => editor.shadowRoot?.activeElement === radio(editor, takahashi, "admin"));
    expect(editor.changeCount).to.equal(0);
    expect(radio(editor, takahashi, "admin").checked).to.equal(true);
  });

  it("shows why there is no preview, also to whoever is at the end of a long list", async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      staff(index + 1, `職員 ${index + 1}`, "ショクイン イチ", "staff"),
    );
    const previewRoles = async () => {
      throw failure("connection_failed");
    };
    const editor = await ready(hospital({ staff: { list: () => paginated(many), previewRoles } }));
    await choose(editor, many[59] as (typeof many)[0], "admin");
    find(editor, "[part=review]")?.scrollIntoView({ block: "end" });
    find(editor, "[part=review]")?.click();
    const alert = await until(() => find(editor, "[part=error]"));
    await until(() => (alert?.getBoundingClientRect().top ?? -1) >= 0);
  });

  it("pressing twice sends one request, and Escape does not hide an answer under way (A-106)", async () => {
    const answer = deferred<ReturnType<typeof changed>>();
    const client = hospital({ staff: { changeRoles: () => answer.promise } });
    const editor = await ready(client);
    await choose(editor, takahashi, "admin");
    await review(editor);
    save(editor);
    save(editor);
    await editor.updateComplete;
    save(editor);
    await sendKeys({ press: "Escape" });
    await wait(20);
    expect(dialog(editor)).to.not.equal(null);
    answer.resolve({ items: [{ ...takahashi, role: "admin", version: 2 }] });
    await until(() => dialog(editor) === null);
    expect(callsOf(client, "staff.changeRoles")).to.have.length(1);
  });

  it("a page can hold a change back or refuse it, and then nothing is sent or lost", async () => {
    const client = hospital();
    const editor = await ready(client);
    await choose(editor, takahashi, "admin");
    await review(editor);
    const answer = deferred<void>();
    editor.addEventListener("welby-before-role-change", (event) => event.waitUntil(answer.promise), {
      once: true,
    });
    save(editor);
    await wait(20);
    expect(callsOf(client, "staff.changeRoles")).to.have.length(0);
    answer.reject(new Error("not today"));
    await until(() => find(editor, "[part=save]")?.getAttribute("aria-disabled") === null);
    expect([editor.changeCount, callsOf(client, "staff.changeRoles").length]).to.deep.equal([1, 0]);
  });

  it("the server's refusal of the last administrator is shown in words, and nothing is lost", async () => {
    const client = hospital({
      staff: {
        changeRoles: async () => {
          throw failure("last_admin", { requestId: "req-7" });
        },
      },
    });
    const editor = await ready(client);
    await choose(editor, tanaka, "staff");
    await review(editor);
    const heard = oneEvent(editor, "welby-error");
    save(editor);
    expect((await heard).detail).to.deep.equal({
      action: "role-change",
      code: "last_admin",
      retryable: false,
      requestId: "req-7",
    });
    await until(() =>
      textOf(find(editor, "[role=alert]")).includes("管理者が1人もいなくなるため、変更できません。"),
    );
    find(editor, "[part=cancel]")?.click();
    await until(() => dialog(editor) === null);
    expect(radio(editor, tanaka, "staff").checked).to.equal(true);
  });

  it("an unknown outcome is said to be one, and is repeated with the same key", async () => {
    const keys: (string | undefined)[] = [];
    const client = hospital({
      staff: {
        changeRoles: async (input, options) => {
          keys.push(options?.idempotencyKey);
          if (keys.length === 1) throw failure("timeout", { retryable: true, outcomeUnknown: true });
          return changed(input);
        },
      },
    });
    const editor = await ready(client);
    await choose(editor, takahashi, "admin");
    await review(editor);
    save(editor);
    await until(() => textOf(find(editor, "[role=alert]")).includes("二重にはなりません"));
    save(editor);
    await until(() => dialog(editor) === null);
    expect(keys[0]).to.be.a("string");
    expect(keys[1]).to.equal(keys[0]);
  });

  describe("when the server wants the password once more", () => {
    let passwords: string[];
    const stepUp = () => {
      let known = false;
      passwords = [];
      return hospital({
        auth: {
          reauthenticate: async (password) => {
            passwords.push(password);
            if (password === "wrong") throw failure("invalid_credentials");
            known = true;
          },
        },
        staff: {
          changeRoles: async (input) => {
            if (!known) throw failure("step_up_required");
            return changed(input);
          },
        },
      });
    };

    it("asks for it where password managers see it, and then saves by itself", async () => {
      const client = stepUp();
      const editor = await ready(client);
      const errors: string[] = [];
      editor.addEventListener("welby-error", ({ detail }) => errors.push(detail.code));
      await choose(editor, takahashi, "admin");
      await review(editor);
      save(editor);
      await until(() => document.activeElement === passwordField());
      const username = passwordField().form?.elements.namedItem("username") as HTMLInputElement;
      expect([username.autocomplete, username.value, username.readOnly]).to.deep.equal([
        "username",
        suzuki.email,
        true,
      ]);
      expect(getComputedStyle(username).display).to.not.equal("none");
      await enterPassword();
      await until(() => announced(editor) === "1件の権限を変更しました。");
      expect(passwords).to.deep.equal(["asagao-tegami-koharu-7"]);
      expect(callsOf(client, "staff.changeRoles")).to.have.length(2);
      expect(document.querySelector("welby-staff-role-editor input[type=password]")).to.equal(null);
      expect(errors).to.deep.equal([]);
    });

    it("Enter in the password field sends it", async () => {
      const client = stepUp();
      const editor = await ready(client);
      await choose(editor, takahashi, "admin");
      await review(editor);
      save(editor);
      await until(() => document.activeElement === passwordField());
      await sendKeys({ type: "koharu" });
      await sendKeys({ press: "Enter" });
      await until(() => dialog(editor) === null);
      expect(passwords).to.deep.equal(["koharu"]);
    });

    it("a wrong one is said, and neither the dialog nor the changes are lost", async () => {
      const client = stepUp();
      const editor = await ready(client);
      await choose(editor, takahashi, "admin");
      await review(editor);
      save(editor);
      await enterPassword("wrong");
      await until(() =>
        textOf(document.querySelector("welby-staff-role-editor .w-alert-error")).includes(
          "現在のパスワードが正しくありません。",
        ),
      );
      expect(passwordField().getAttribute("aria-invalid")).to.equal("true");
      await enterPassword("koharu");
      await until(() => dialog(editor) === null);
      expect(editor.changeCount).to.equal(0);
    });

    it("an empty one is not sent", async () => {
      const editor = await ready(stepUp());
      await choose(editor, takahashi, "admin");
      await review(editor);
      save(editor);
      await enterPassword("");
      await until(
        () =>
          textOf(document.querySelector("welby-staff-role-editor .w-error")) ===
          "パスワードを入力してください。",
      );
      expect(passwords).to.deep.equal([]);
    });

    it("a server that wants it again and again is shown as refusing, not asked forever", async () => {
      const client = hospital({
        auth: { reauthenticate: async () => undefined },
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
      await enterPassword();
      await until(() => find(editor, "#review-dialog [role=alert]"));
      expect(callsOf(client, "staff.changeRoles")).to.have.length(2);
      expect(editor.changeCount).to.equal(1);
    });

    it("no event holds the password", async () => {
      const editor = await ready(stepUp());
      const seen: string[] = [];
      for (const type of [
        "welby-before-reauthenticate",
        "welby-before-role-change",
        "welby-role-change",
        "welby-error",
        "welby-view-change",
      ])
        editor.addEventListener(type, (event) => seen.push(JSON.stringify((event as CustomEvent).detail)));
      await choose(editor, takahashi, "admin");
      await review(editor);
      save(editor);
      await enterPassword("wrong");
      await until(() => seen.some((detail) => detail.includes("invalid_credentials")));
      expect(seen.length).to.be.greaterThan(3);
      expect(seen.join()).to.not.contain("wrong");
    });
  });
});
