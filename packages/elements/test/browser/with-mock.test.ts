import { expect } from "@open-wc/testing";
import { createMock, people, signInAs } from "@welby/mock";
import type { Mock } from "@welby/mock";
import { mockTransport } from "@welby/mock/transport";
import { createClient } from "@welby/sdk";
import type { WelbyClient } from "@welby/sdk";
import "../../src/define/login.ts";
import "../../src/define/password-reset.ts";
import { totp } from "../support/totp.ts";
import { until } from "../support/until.ts";

const NEW_PASSWORD = "koharubiyori-no-asagao-7";

/** The elements over the real client and the service's own core: what the stubs of other tests stand for. */
describe("signing in, over the real client and the mock", () => {
  let mock: Mock;
  const clients: WelbyClient[] = [];

  const connect = (clientId = "demo-portal", store: "memory" | "origin" = "memory"): WelbyClient => {
    const client = createClient({ baseUrl: mock.baseUrl, clientId, store, transport: mockTransport(mock) });
    clients.push(client);
    return client;
  };

  function show<Tag extends "welby-login" | "welby-password-reset">(tag: Tag, client: WelbyClient) {
    const element = document.createElement(tag);
    element.client = client;
    element.locale = "ja";
    document.body.append(element);
    // As when somebody clicks into the form.
    void element.updateComplete.then(() => element.dispatchEvent(new FocusEvent("focusin")));
    return element;
  }

  async function type(name: string, value: string): Promise<void> {
    const input = await until(() =>
      document.querySelector<HTMLInputElement>(`.welby-light input[name="${name}"]`),
    );
    input.value = value;
    for (const event of ["input", "change"]) input.dispatchEvent(new Event(event, { bubbles: true }));
  }

  async function send(): Promise<void> {
    (await until(() => document.querySelector<HTMLFormElement>(".welby-light form"))).requestSubmit();
  }

  async function signIn(loginId: string, password: string): Promise<void> {
    await type("username", loginId);
    await type("password", password);
    await send();
  }

  const text = () => document.querySelector(".welby-light")?.textContent?.replace(/\s+/g, " ") ?? "";
  const says = (words: string) => until(() => text().includes(words), 4000);

  beforeEach(() => {
    mock = createMock();
  });
  afterEach(async () => {
    for (const element of document.querySelectorAll("welby-login, welby-password-reset")) element.remove();
    for (const client of clients.splice(0)) {
      await client.auth.signOut().catch(() => undefined);
      client.dispose();
    }
  });

  it("lets an administrator in, by full-width letters too", async () => {
    const client = connect();
    show("welby-login", client);
    await signIn(`　${people.admin.loginId.replace("suzuki", "ｓｕｚｕｋｉ")} `, people.admin.password);
    await says("ログインしました");
    expect((await client.me.get()).role).to.equal("admin");
  });

  it("tells of a wrong password without telling which part is wrong", async () => {
    show("welby-login", connect());
    await signIn(people.admin.loginId, "machigatta-password");
    await says("ログインIDまたはパスワードが正しくありません。");
    const wrongPassword = text();
    await signIn("dare-mo-inai@example.jp", "machigatta-password");
    await until(() => document.querySelector(".welby-light [aria-disabled]") === null);
    await says("ログインIDまたはパスワードが正しくありません。");
    expect(text()).to.equal(wrongPassword);
  });

  it("waits when the service asks to", async () => {
    mock = createMock({ log: () => undefined });
    show("welby-login", connect());
    for (let attempt = 0; attempt < 8 && !text().includes("お待ちください"); attempt += 1) {
      await signIn(people.staff.loginId, "machigatta-password");
      await says("正しくありません。").catch(() => says("お待ちください"));
      await until(() => document.querySelector(".welby-light [aria-disabled]") === null);
    }
    expect(text()).to.match(/あと(\d+秒|約\d+分)お待ちください/);
  });

  it("asks for the second factor where the institution demands it (J-21)", async () => {
    const person = people.mfaAdmin;
    show("welby-login", connect(person.clientId));
    await signIn(person.loginId, person.password);
    await says("認証コードの入力");
    await type("code", await totp(person.totpSecret ?? "", mock.clock.now()));
    await send();
    await says("ログインしました");
  });

  it("makes a new member change the initial password of the mail, also after a reload", async () => {
    const admin = connect();
    await signInAs(admin, "admin");
    const email = "atarashii@minato.example.jp";
    await admin.staff.add({
      name: { family: "新井", given: "新", familyKana: "アライ", givenKana: "シン" },
      email,
      role: "staff",
    });
    const initial = await mock.outbox.initialPassword(email);

    const login = show("welby-login", connect("demo-portal", "origin"));
    await signIn(email, initial);
    await says("初期パスワードのままでは続けられません。");
    login.remove();

    const reloaded = connect("demo-portal", "origin");
    show("welby-login", reloaded);
    await says("初期パスワードのままでは続けられません。");
    await says("15文字以上");
    await type("new-password", NEW_PASSWORD);
    await send();
    await says("ログインしました");
    expect((await reloaded.me.get()).role).to.equal("staff");
  });

  it("resets a password by the link of the mail, and lets the person in with the new one", async () => {
    const { loginId } = people.patient;
    const reset = show("welby-password-reset", connect());
    reset.audience = "patient";
    await type("email", loginId);
    await send();
    await says("メールを確認してください");

    location.hash = `#token=${await mock.outbox.resetToken(loginId)}`;
    await says("新しいパスワードの設定");
    expect(location.hash).to.equal("");
    await says("15文字以上");
    await type("new-password", "welby-welby-welby");
    await send();
    await says("条件を満たしていない項目があります。");
    await type("new-password", NEW_PASSWORD);
    await send();
    await says("パスワードを設定しました");
    reset.remove();

    const login = show("welby-login", connect());
    login.audience = "patient";
    await signIn(loginId, NEW_PASSWORD);
    await says("ログインしました");
  });
});
