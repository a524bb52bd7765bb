import assert from "node:assert/strict";
import { demoPassword } from "@welby/backend/seed";
import type { Driver } from "./drivers/driver.ts";
import { Person } from "./support/person.ts";
import type { Place } from "./support/place.ts";

const NEW_GROUP = "火曜夕方フォロー";
const NEW_MEMBER = { loginId: "kobayashi@minato.example.jp", password: "hinata-no-tsukue-39-mado" };
const PATIENT = { loginId: "sato.kazuko@example.jp", password: "yuugata-no-sanpo-michi-8" };

const loginId = { role: "textbox", name: "ログインID" };
const password = { role: "textbox", name: "パスワード", exact: true };
const dialog = { role: "dialog|alertdialog" };

export interface Step {
  readonly name: string;
  run(): Promise<void>;
}

/** What an administrator, a new member and a patient do on the served portal, in order, with a browser's means only. */
export function journey(driver: Driver, { portalUrl, apiUrl }: Place): Step[] {
  let person: Person;
  let other: Person;
  const tab = async () => new Person(await driver.newPage());

  /** Opens a mail as the demo's user does: the list of sent mail, then the newest one to this address. */
  const readMail = async (to: string, subject: string): Promise<string> => {
    await person.page.goto(`${apiUrl}/outbox?lang=ja`);
    for (let tries = 0; ; tries++) {
      const row = await person.look({ role: "row", name: to });
      if (row?.text.includes(subject)) break;
      if (tries > 20) throw new Error(`No mail 「${subject}」 arrived`);
      await new Promise((resolve) => setTimeout(resolve, 500));
      await person.page.reload();
    }
    await person.click({ role: "link", name: subject, within: { role: "row", name: to } });
    await person.reads("本文");
    return person.page.evaluate(() => document.querySelector("pre")?.textContent ?? "");
  };
  const row = (name: string) => ({ role: "row", name });
  const choose = (name: string, role: string) =>
    person.click({ role: "radio", name: role, within: row(name) });

  return [
    {
      name: "an administrator signs in by keyboard alone",
      run: async () => {
        person = await tab();
        await person.page.goto(`${portalUrl}/`);
        await person.tabTo(loginId);
        await person.type("suzuki@minato.example.jp");
        await person.press("Tab");
        await person.tabTo(password);
        await person.type(demoPassword);
        await person.press("Enter");
        await person.isAt("/patients");
        await person.reads("鈴木 健一");
      },
    },
    {
      name: "the administrator previews and changes a staff role",
      run: async () => {
        await person.click({ role: "link", name: "スタッフの権限" });
        await person.isAt("/staff");
        await choose("李 美玲", "管理者");
        await person.click({ role: "button", name: "変更を確認する" });
        await person.see({ ...dialog, name: "権限の変更の確認" });
        await person.reads("利用中の管理者: 2人 → 3人");
        await person.click({ role: "button", name: "変更を保存する", within: dialog });
        await person.reads("1件の権限を変更しました。");
        await person.page.reload();
        const radio = await person.see({ role: "radio", name: "管理者", within: row("李 美玲") });
        assert.equal(radio.checked, true, "the role is still there after a reload");
      },
    },
    {
      name: "taking the right from every administrator is refused in Japanese, and nothing is lost",
      run: async () => {
        for (const name of ["李 美玲", "田中 美咲", "鈴木 健一"]) await choose(name, "スタッフ");
        await person.click({ role: "button", name: "変更を確認する" });
        await person.reads("管理者が1人もいなくなるため、変更できません。");
        await person.reads("先に別のスタッフを管理者にしてください。");
        await person.press("Escape");
        const kept = await person.see({ role: "radio", name: "スタッフ", within: row("田中 美咲") });
        assert.equal(kept.checked, true, "what was chosen is still chosen");
        await person.click({ role: "button", name: "元に戻す" });
      },
    },
    {
      name: "the administrator creates a group from the picker and assigns two patients by one request",
      run: async () => {
        await person.click({ role: "link", name: "患者さん一覧" });
        await person.isAt("/patients");
        await person.fill({ role: "textbox", name: "氏名・フリガナ・診察券番号" }, "さとう");
        await person.press("Enter");
        await person.reads("2人中 2人を表示しています。");
        // Two people of one name and two readings: picked by the reading, as a clerk would.
        await person.click({ role: "checkbox", within: row("サトウ カズコ") });
        await person.click({ role: "checkbox", within: row("サトウ ワコ") });
        await person.reads("2人を選択しています。");
        await person.click({ role: "combobox", name: "グループ" });
        await person.type(NEW_GROUP);
        await person.reads(`「${NEW_GROUP}」を新規作成`);
        await person.press("ArrowDown");
        await person.press("Enter");
        await person.see({ role: "button", name: `${NEW_GROUP}` });
        await person.press("Escape");
        await person.click({ role: "button", name: "割り当てる" });
        await person.see({ ...dialog, name: "割り当ての確認" });
        await person.reads("次の2人の患者さんのグループを変更します。");
        await person.click({ role: "button", name: "割り当てる", within: dialog });
        await person.see({ role: "row", name: NEW_GROUP });
        for (const kana of ["サトウ カズコ", "サトウ ワコ"]) {
          const found = await person.see(row(kana));
          assert.match(found.text, new RegExp(NEW_GROUP), `${kana} is in the new group`);
        }
        const requests = await person.page.evaluate(
          () =>
            performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/members/batch"))
              .length,
        );
        assert.equal(requests, 1, "both patients were assigned by one request");
      },
    },
    {
      name: "a reload keeps the sign-in",
      run: async () => {
        await person.page.reload();
        await person.reads("鈴木 健一");
        await person.isAt("/patients");
      },
    },
    {
      name: "a second tab is signed in too",
      run: async () => {
        other = await tab();
        await other.page.goto(`${portalUrl}/patients`);
        await other.reads("鈴木 健一");
      },
    },
    {
      name: "signing out in one tab signs the other one out",
      run: async () => {
        // In the first tab: WebKitGTK has no pointer in a window that is not in front.
        await person.click({ role: "button", name: "ログアウト" });
        await person.isAt("/");
        await other.isAt("/");
        await other.doesNotRead("佐藤 和子");
        await other.page.close();
      },
    },
    {
      name: "the administrator adds a member, who gets the initial password by mail",
      run: async () => {
        await person.fill(loginId, "suzuki@minato.example.jp");
        await person.fill(password, demoPassword);
        await person.click({ role: "button", name: "ログインする" });
        await person.isAt("/patients");
        await person.click({ role: "link", name: "スタッフの権限" });
        await person.fill({ role: "textbox", name: "姓" }, "小林");
        await person.fill({ role: "textbox", name: "名", exact: true }, "翔");
        await person.fill({ role: "textbox", name: "メールアドレス" }, NEW_MEMBER.loginId);
        await person.click({ role: "button", name: "追加する" });
        await person.reads("小林 翔さんを追加し、案内メールを送りました。");
        await person.click({ role: "button", name: "ログアウト" });
        await person.isAt("/");
      },
    },
    {
      name: "the new member signs in with the initial password and has to change it",
      run: async () => {
        const mail = await readMail(NEW_MEMBER.loginId, "ご利用開始のご案内");
        const initial = /初期パスワード: (\S+)/.exec(mail)?.[1] ?? "";
        assert.ok(initial.length >= 16, "the mail holds an initial password of 16 characters or more");
        await person.page.goto(`${portalUrl}/`);
        await person.fill(loginId, NEW_MEMBER.loginId);
        await person.fill(password, initial);
        await person.press("Enter");
        await person.see({ role: "heading", name: "パスワードの変更" });
        // Nothing else opens before the change: a page behind the sign-in leads back here.
        await person.page.goto(`${portalUrl}/patients`);
        await person.isAt("/");
        await person.see({ role: "heading", name: "パスワードの変更" });
        await person.reads("15文字以上");
        await person.fill({ role: "textbox", name: "新しいパスワード" }, NEW_MEMBER.password);
        await person.press("Enter");
        await person.isAt("/patients");
        await person.reads("小林 翔");
        await person.click({ role: "button", name: "ログアウト" });
        await person.isAt("/");
      },
    },
    {
      name: "a patient resets the password through the mail",
      run: async () => {
        await person.see(loginId);
        await person.click({ role: "link", name: "患者さんのログインはこちら" });
        // Both sign-in pages have a link of this name.
        await person.isAt("/my/sign-in");
        await person.click({ role: "link", name: "パスワードを忘れた方" });
        await person.isAt("/password-reset");
        await person.fill({ role: "textbox", name: "メールアドレス" }, PATIENT.loginId);
        await person.press("Enter");
        await person.reads("メールを確認してください");
        const mail = await readMail(PATIENT.loginId, "パスワード再設定のご案内");
        const link = /http:\S+/.exec(mail)?.[0] ?? "";
        assert.ok(link.startsWith(portalUrl), "the link leads to the portal");
        await person.page.goto(link);
        await person.see({ role: "heading", name: "新しいパスワードの設定" });
        assert.ok(!(await person.page.url()).includes("token"), "the token has left the address");
        await person.reads("15文字以上");
        await person.fill({ role: "textbox", name: "新しいパスワード" }, PATIENT.password);
        await person.press("Enter");
        await person.see({ role: "heading", name: "パスワードを設定しました" });
        await person.click({ role: "link|button", name: "ログイン画面へ進む" });
        await person.isAt("/my/sign-in");
        await person.fill(loginId, PATIENT.loginId);
        await person.fill(password, PATIENT.password);
        await person.press("Enter");
        await person.isAt("/my");
        await person.reads("佐藤 和子さん、こんにちは。");
      },
    },
  ];
}
