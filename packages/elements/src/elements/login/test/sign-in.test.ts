import { expect } from "@open-wc/testing";
import type { SignInStep } from "@welby/sdk";
import { deferred, failure, stubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import type { WelbyLogin } from "../login.ts";
import { announced, field, fill, heading, mount, signIn, submit, text, untilHeading } from "./mount.ts";

const done: SignInStep = { status: "signed_in", lastSignInAt: null };
const accepting = () => stubClient({ auth: { signIn: async () => done } });
const refusing = (code: string, fields = {}) =>
  stubClient({
    auth: {
      signIn: async () => {
        throw failure(code, fields);
      },
    },
  });
const alertText = () => document.querySelector("welby-login .w-alert-error")?.textContent ?? "";
const signInCalls = (client: ReturnType<typeof stubClient>) =>
  client.calls.filter(([name]) => name === "auth.signIn");

function heard(element: WelbyLogin, type: string): CustomEvent[] {
  const events: CustomEvent[] = [];
  element.addEventListener(type, (event) => events.push(event as CustomEvent));
  return events;
}

describe("welby-login, sending login id and password", () => {
  it("shows its fields to the page's own querySelector, as password managers look for them", async () => {
    await mount();
    const password = document.querySelector('welby-login input[autocomplete~="current-password"]');
    expect(password).to.have.property("type", "password");
    expect(document.querySelector('welby-login input[autocomplete~="username"]')).to.have.property(
      "name",
      "username",
    );
    expect(password?.getRootNode()).to.equal(document);
    expect(password?.closest("form")).to.have.property("method", "post");
  });

  it("sends the audience, the login id in half width and the password as typed (J-5)", async () => {
    const { client } = await mount(accepting(), { audience: "patient" });
    signIn("　ｓａｔｏ＠ｅｘａｍｐｌｅ。ｊｐ ", " ｐａｓｓ が　");
    await untilHeading("ログインしました");
    expect(signInCalls(client)).to.deep.equal([
      ["auth.signIn", { audience: "patient", loginId: "sato@example.jp", password: " ｐａｓｓ が　" }],
    ]);
  });

  it("sends legacy carrier addresses (J-1)", async () => {
    const { client } = await mount(accepting());
    signIn("a..b@docomo.ne.jp");
    await untilHeading("ログインしました");
    expect(signInCalls(client)[0]?.[1]).to.have.property("loginId", "a..b@docomo.ne.jp");
  });

  it("shows the half-width form when the field is left, and says so politely (J-5)", async () => {
    const { element } = await mount();
    fill("username", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ");
    expect(field("username").value).to.equal("taro@example.co.jp");
    await until(() => text().includes("半角に変換しました"));
    await until(() => announced(element) === "半角に変換しました");
  });

  it("tells of one missing field at the field, and focuses it", async () => {
    const { client } = await mount();
    signIn("taro@example.jp", "");
    await until(() => document.activeElement === field("password"));
    expect(field("password").getAttribute("aria-invalid")).to.equal("true");
    const described = field("password").getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(described)?.textContent).to.equal("パスワードを入力してください。");
    expect(signInCalls(client)).to.have.length(0);
  });

  it("focuses a summary when several fields are wrong; its entries lead to the fields", async () => {
    await mount();
    submit();
    const summary = await until(() => document.querySelector<HTMLElement>("welby-login .w-alert-error"));
    await until(() => document.activeElement === summary);
    summary.querySelectorAll("button")[1]?.click();
    expect(document.activeElement).to.equal(field("password"));
  });

  it("keeps what was typed after a refusal, and describes the fields by the reason", async () => {
    await mount(refusing("invalid_credentials"));
    signIn("taro@example.jp", "machigai");
    await until(() => alertText().includes("ログインIDまたはパスワードが正しくありません。"));
    expect(field("username").value).to.equal("taro@example.jp");
    expect(field("password").value).to.equal("machigai");
    await until(() => document.activeElement === field("password"));
    for (const name of ["username", "password"]) {
      const ids = (field(name).getAttribute("aria-describedby") ?? "").split(" ");
      expect(ids.map((id) => document.getElementById(id)?.textContent).join()).to.contain("正しくありません");
    }
  });

  it("keeps what was typed when the connection fails, and focuses the reason", async () => {
    await mount(refusing("connection_failed", { retryable: true }));
    signIn("taro@example.jp", "himitsu");
    await until(() => alertText().includes("入力した内容は残っています。"));
    await until(() => document.activeElement?.classList.contains("w-alert-error"));
    expect([field("username").value, field("password").value]).to.deep.equal(["taro@example.jp", "himitsu"]);
  });

  it("can be sent again after an error", async () => {
    let attempt = 0;
    const { client } = await mount(
      stubClient({
        auth: {
          signIn: async () => {
            attempt += 1;
            if (attempt === 1) throw failure("timeout", { retryable: true });
            return done;
          },
        },
      }),
    );
    signIn();
    await until(() => alertText() !== "");
    submit();
    await untilHeading("ログインしました");
    expect(signInCalls(client)).to.have.length(2);
  });

  it("sends once, however often it is submitted while it is busy (A-106)", async () => {
    const answer = deferred<SignInStep>();
    const { client } = await mount(stubClient({ auth: { signIn: () => answer.promise } }));
    signIn();
    submit();
    document.querySelector<HTMLButtonElement>("welby-login button[type=submit]")?.click();
    await until(() => signInCalls(client).length === 1);
    submit();
    const button = document.querySelector("welby-login button[type=submit]");
    expect(button?.getAttribute("aria-disabled")).to.equal("true");
    expect(button?.hasAttribute("disabled")).to.equal(false);
    answer.resolve(done);
    await untilHeading("ログインしました");
    expect(signInCalls(client)).to.have.length(1);
  });

  it("waits as long as the server asked, and sends nothing meanwhile", async () => {
    const { client, element } = await mount(
      refusing("rate_limited", { retryable: true, retryAfterMs: 1500 }),
    );
    signIn();
    await until(() => alertText().includes("あと2秒お待ちください。"));
    expect(alertText()).to.include("入力の誤りが続いたため");
    expect(alertText()).not.to.include("アクセスが集中");
    submit();
    await until(() => announced(element).includes("お待ちください"));
    expect(signInCalls(client)).to.have.length(1);
    await until(() => alertText().includes("もう一度お試しいただけます。"), 3500);
    submit();
    await until(() => signInCalls(client).length === 2);
  });

  it("shows long waits in minutes", async () => {
    await mount(refusing("rate_limited", { retryable: true, retryAfterMs: 600_000 }));
    signIn();
    await until(() => alertText().includes("あと約10分お待ちください。"));
  });

  it("names the request id where only support can help", async () => {
    await mount(refusing("internal_error", { retryable: true, requestId: "req-7" }));
    signIn();
    await until(() => alertText().includes("お問い合わせ番号: req-7"));
  });

  it("shows the text of a server problem for a code that it does not know", async () => {
    await mount(refusing("brand_new_code"));
    signIn();
    await until(() => alertText().includes("サーバーで問題が起きたため"));
  });

  it("never shows what a foreign error says", async () => {
    const client = stubClient({
      auth: {
        signIn: async () => {
          throw new TypeError("<img src=x onerror=alert(1)> himitsu");
        },
      },
    });
    await mount(client);
    signIn();
    await until(() => alertText() !== "");
    expect(document.body.textContent).not.to.contain("himitsu");
  });

  it("shows that the page is not on a secure connection, and takes the fields away", async () => {
    await mount(refusing("insecure_context"));
    signIn();
    await untilHeading("ログインできません");
    expect(document.querySelector("welby-login input")).to.equal(null);
    await until(() => text().includes("安全な接続(https)ではないため"));
  });

  it("is replaced as a whole by another client", async () => {
    const answer = deferred<SignInStep>();
    const { element } = await mount(stubClient({ auth: { signIn: () => answer.promise } }));
    signIn();
    element.client = accepting();
    await element.updateComplete;
    answer.resolve({ status: "password_change_required", setPassword: async () => done });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heading()).to.equal("ログイン");
  });

  it("needs a client: without one it says that it is not connected", async () => {
    const { element } = await mount();
    element.client = undefined;
    await element.updateComplete;
    element.requireClient = () => Promise.reject(failure("client_missing"));
    signIn();
    await until(() => alertText().includes("まだサービスに接続されていません。"));
  });
});

describe("welby-login's events", () => {
  it("can be kept from signing in by the page", async () => {
    const { element, client } = await mount();
    element.addEventListener("welby-before-sign-in", (event) => event.preventDefault());
    signIn();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(signInCalls(client)).to.have.length(0);
    expect(document.querySelector("welby-login [aria-disabled]")).to.equal(null);
  });

  it("waits for the page, and does nothing if the page's promise rejects", async () => {
    const { element, client } = await mount(accepting());
    const consent = deferred<void>();
    element.addEventListener("welby-before-sign-in", (event) => event.waitUntil(consent.promise), {
      once: true,
    });
    signIn();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(signInCalls(client)).to.have.length(0);
    consent.reject(new Error("no"));
    await until(() => document.querySelector("welby-login [aria-disabled]") === null);
    expect(signInCalls(client)).to.have.length(0);
    submit();
    await until(() => signInCalls(client).length === 1);
  });

  it("say who signed in and when before, and carry no secret (EM-6)", async () => {
    const { element } = await mount(
      stubClient({
        auth: { signIn: async () => ({ status: "signed_in", lastSignInAt: "2026-11-22T09:05:00+09:00" }) },
      }),
    );
    const types = ["welby-before-sign-in", "welby-signed-in", "welby-view-change", "welby-error"];
    const events = types.flatMap((type) => [heard(element, type)]);
    signIn("taro@example.jp", "himitsu-himitsu");
    await untilHeading("ログインしました");
    await until(() => events[1]?.length === 1);
    expect(events[1]?.[0]?.detail).to.deep.equal({
      audience: "staff",
      lastSignInAt: "2026-11-22T09:05:00+09:00",
      restored: false,
    });
    expect(events[2]?.map((event) => event.detail as unknown)).to.deep.equal([
      { from: "credentials", to: "signed-in" },
    ]);
    expect(JSON.stringify(events.flat().map((event) => event.detail as unknown))).not.to.match(
      /himitsu|taro/,
    );
  });

  it("report an error by its code, without text", async () => {
    const { element } = await mount(
      refusing("rate_limited", { retryable: true, requestId: "r1", retryAfterMs: 9000 }),
    );
    const errors = heard(element, "welby-error");
    signIn();
    await until(() => errors.length === 1);
    expect(errors[0]?.detail).to.deep.equal({
      action: "sign-in",
      code: "rate_limited",
      retryable: true,
      requestId: "r1",
    });
  });

  it("let the page handle the forgotten password itself", async () => {
    const { element } = await mount();
    const events = heard(element, "welby-forgot-password");
    [...document.querySelectorAll<HTMLButtonElement>("welby-login button")]
      .find((button) => button.textContent?.includes("パスワードを忘れた方"))
      ?.click();
    expect(events).to.have.length(1);
    expect(events[0]?.detail).to.deep.equal({ audience: "staff" });
  });
});

describe("welby-login's links", () => {
  it("leads to the given page for those who forgot their password", async () => {
    const { element } = await mount();
    element.resetHref = "/reset.html";
    await element.updateComplete;
    expect(document.querySelector("welby-login a")?.getAttribute("href")).to.equal("/reset.html");
  });

  for (const href of [
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "data:text/html,x",
    "java\nscript:alert(1)",
    "vbscript:x",
  ]) {
    it(`makes no link of ${JSON.stringify(href)} (A-020)`, async () => {
      const { element } = await mount();
      element.resetHref = href;
      await element.updateComplete;
      expect(document.querySelector("welby-login a")).to.equal(null);
    });
  }

  it("gives way to the page's own element for it", async () => {
    const { element } = await mount();
    const own = Object.assign(document.createElement("a"), {
      slot: "forgot",
      textContent: "お困りの方",
      href: "/help",
    });
    element.append(own);
    await until(() => !text().includes("パスワードを忘れた方"));
    expect(own.isConnected).to.equal(true);
  });
});
