import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { demoPassword } from "@welby/backend/seed";
import { chromium, type Browser, type BrowserContext } from "playwright-core";
import { CHROMIUM_FLAGS } from "../../../scripts/browsers/chromium-flags.mjs";
import { findBrowsers } from "../../../scripts/browsers/find.mjs";
import { wrap } from "./drivers/chromium.ts";
import { Person } from "./support/person.ts";
import { openPlace, type Place } from "./support/place.ts";

const executablePath = findBrowsers().chromium;
const wanted = process.env["WELBY_BROWSERS"]?.split(",");
const missing = executablePath ? false : "chromium is not installed";
if (missing && process.env["CI"]) throw new Error(missing);
const skip = missing || (wanted && !wanted.includes("chromium") ? "chromium was not asked for" : false);

const MINUTE_MS = 60_000;
const loginId = { role: "textbox", name: "ログインID" };
const password = { role: "textbox", name: "パスワード", exact: true };
const search = { role: "textbox", name: "氏名・フリガナ・診察券番号" };
const dialog = { role: "dialog|alertdialog" };
const signIn = { role: "button", name: "ログインする" };
const row = (name: string) => ({ role: "row", name });

// A network that fails and a clock that runs ahead can be had in one engine only; the journey covers the three.
describe("the portal when something goes wrong, in chromium", { skip }, () => {
  let place: Place;
  let browser: Browser;
  let aheadMs = 0;
  const contexts: BrowserContext[] = [];

  before(async () => {
    place = await openPlace({ clock: { now: () => new Date(Date.now() + aheadMs) } });
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: CHROMIUM_FLAGS });
  });
  after(async () => {
    await browser?.close();
    await place?.close();
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });

  /** Somebody at a browser of their own. */
  const arrive = async (path = "/") => {
    const context = await browser.newContext({ locale: "ja-JP", viewport: { width: 1280, height: 900 } });
    contexts.push(context);
    const page = await context.newPage();
    const person = new Person(wrap(page));
    await person.page.goto(place.portalUrl + path);
    return { person, page, context };
  };
  const signedIn = async (account: string) => {
    const visit = await arrive();
    await visit.person.fill(loginId, `${account}@minato.example.jp`);
    await visit.person.fill(password, demoPassword);
    await visit.person.press("Enter");
    await visit.person.isAt("/patients");
    await visit.person.see(row("佐藤 和子"));
    return visit;
  };
  const valueOf = async (person: Person, field: typeof loginId) => (await person.see(field)).value;

  it("J-29 a sign-in without network keeps what was typed, says so, and works when the network is back", async () => {
    const { person, context } = await arrive();
    await person.fill(loginId, "takahashi@minato.example.jp");
    await person.fill(password, demoPassword);
    await context.setOffline(true);
    await person.reads("ネットワークに接続していません。");
    await person.press("Enter");
    // Of both texts: the catalogue's, and the one for a page that could not even fetch the catalogue.
    await person.reads("ネットワークの接続を");
    assert.equal(await valueOf(person, loginId), "takahashi@minato.example.jp");
    assert.equal(await valueOf(person, password), demoPassword);
    await context.setOffline(false);
    await person.doesNotRead("ネットワークに接続していません。");
    await person.click(signIn);
    await person.isAt("/patients");
    await person.see(row("佐藤 和子"));
  });

  it("a search without network says so, keeps what was typed, and is repeated when the network is back", async () => {
    const { person, context } = await signedIn("takahashi");
    await person.fill(search, "さとう");
    await context.setOffline(true);
    await person.press("Enter");
    await person.reads("通信できませんでした。");
    assert.equal(await valueOf(person, search), "さとう");
    await context.setOffline(false);
    await person.reads("2人中 2人を表示しています。");
  });

  it("a page that cannot ask who is there says why instead of staying empty, and goes on", async () => {
    const { person, page } = await signedIn("takahashi");
    await page.route("**/v1/me", (route) => route.abort());
    await person.page.reload();
    await person.reads("通信できませんでした。");
    await page.unroute("**/v1/me");
    await person.click({ role: "button", name: "もう一度試す" });
    await person.see(row("佐藤 和子"));
  });

  it("staff without the right read so on the staff page, and find no form there", async () => {
    const { person } = await signedIn("takahashi");
    await person.page.goto(`${place.portalUrl}/staff`);
    await person.reads("この操作を行う権限がありません。");
    await person.doesNotRead("スタッフを追加する");
    await person.see({ role: "link", name: "患者さん一覧" });
  });

  it("a patient who opens a page of the staff is sent home", async () => {
    const { person } = await arrive("/my/sign-in");
    await person.fill(loginId, "sato.kazuko@example.jp");
    await person.fill(password, demoPassword);
    await person.press("Enter");
    await person.isAt("/my");
    await person.page.goto(`${place.portalUrl}/patients`);
    await person.isAt("/my");
    await person.reads("佐藤 和子さん、こんにちは。");
  });

  it("the list of groups opens whole beside the patients", async () => {
    const { person, page } = await signedIn("takahashi");
    await person.click({ role: "checkbox", within: row("サトウ カズコ") });
    await person.click({ role: "combobox", name: "グループ" });
    await person.press("ArrowDown");
    await page.getByRole("listbox").waitFor();
    const hidden = await page.locator(".aside").evaluate((aside) => aside.scrollHeight - aside.clientHeight);
    assert.ok(hidden <= 0, `${hidden} pixels have to be scrolled to`);
  });

  it("J-18 the back button shows nothing after the sign-out", async () => {
    const { person, page } = await signedIn("takahashi");
    await person.page.goto(`${place.portalUrl}/staff`);
    await person.page.goto(`${place.portalUrl}/patients`);
    await person.click({ role: "button", name: "ログアウト" });
    await person.isAt("/");
    await person.reads("ログアウトしました。");
    await page.goBack();
    await person.isAt("/");
    await person.see(loginId);
    await person.doesNotRead("佐藤");
  });

  it("two administrators: the slower one reads who was quicker, and decides", async () => {
    const { person: suzuki } = await signedIn("suzuki");
    const { person: tanaka } = await signedIn("tanaka");
    for (const admin of [suzuki, tanaka]) {
      await admin.click({ role: "link", name: "スタッフの権限" });
      await admin.click({ role: "radio", name: "管理者", within: row("李 美玲") });
      await admin.click({ role: "button", name: "変更を確認する" });
      await admin.see({ ...dialog, name: "権限の変更の確認" });
    }
    await tanaka.click({ role: "button", name: "変更を保存する", within: dialog });
    await tanaka.reads("1件の権限を変更しました。");
    await suzuki.click({ role: "button", name: "変更を保存する", within: dialog });
    await suzuki.reads("田中 美咲さんが先に同じ変更を保存しました。");
    const radio = await suzuki.see({ role: "radio", name: "管理者", within: row("李 美玲") });
    assert.equal(radio.checked, true, "the newest state is shown");
  });

  it("J-18 a locked page shows no patient, and the password brings everything back, also what was typed", async () => {
    const { person } = await signedIn("tanaka");
    await person.click({ role: "checkbox", within: row("サトウ カズコ") });
    await person.fill(search, "さとう");
    aheadMs += 16 * MINUTE_MS;
    await person.press("Enter");
    await person.reads("しばらく操作がなかったため、画面をロックしました。");
    await person.doesNotRead("佐藤");
    await person.doesNotRead("田中");
    await person.isAt("/patients");
    await person.fill(password, demoPassword);
    await person.press("Enter");
    await person.reads("2人中 2人を表示しています。");
    await person.reads("1人を選択しています。");
    assert.equal(await valueOf(person, search), "さとう");
  });

  it("J-18 a page opened while the session is locked asks for the password, and opens", async () => {
    const { person, page } = await signedIn("tanaka");
    aheadMs += 16 * MINUTE_MS;
    let visits = 0;
    page.on("framenavigated", () => visits++);
    await person.page.goto(`${place.portalUrl}/`);
    await person.reads("しばらく操作がなかったため、画面をロックしました。");
    assert.ok(visits <= 2, `the portal sent the person from page to page, ${visits} times`);
    await person.fill(password, demoPassword);
    await person.press("Enter");
    await person.see(row("佐藤 和子"));
  });

  it("after five wrong passwords the form counts the seconds down and keeps what was typed", async () => {
    const { person, page } = await arrive();
    await person.fill(loginId, "takahashi@minato.example.jp");
    const alert = page.locator('welby-login [id$="-alert"]');
    const idle = page.locator('welby-login button[type="submit"]:not([aria-disabled])');
    for (let attempt = 1; ; attempt++) {
      assert.ok(attempt <= 8, "eight wrong passwords, and nobody has to wait");
      await person.fill(password, `not-the-password-${attempt}`);
      await person.press("Enter");
      // The alert of the attempt before went when this one was sent.
      await alert.filter({ hasText: /正しくありません。|あと\d+秒お待ちください。/ }).waitFor();
      await idle.waitFor();
      if (/あと\d+秒/.test(await alert.innerText())) break;
    }
    const seconds = async () => Number(/あと(\d+)秒/.exec(await alert.innerText())?.[1]);
    const first = await seconds();
    assert.ok(first > 0 && first <= 60, `${first} seconds`);
    while ((await seconds()) >= first) await page.waitForTimeout(250);
    assert.equal(await valueOf(person, loginId), "takahashi@minato.example.jp");
  });
});
