import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { deferred, failure, policy, stubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import { button, field, fill, mount, submit, text, untilHeading } from "./mount.ts";

const SENT = "メールを確認してください";
const accepting = () => stubClient({ auth: { requestPasswordReset: async () => undefined } });
const requests = (client: ReturnType<typeof stubClient>) =>
  client.calls.filter(([name]) => name === "auth.requestPasswordReset").map(([, input]) => input);

describe("welby-password-reset, asking for a mail", () => {
  for (const [typed, sent] of [
    ["suzuki@minato.example.jp", "suzuki@minato.example.jp"],
    ["ｓｕｚｕｋｉ＠ｍｉｎａｔｏ．ｅｘａｍｐｌｅ．ｊｐ", "suzuki@minato.example.jp"],
    ["a..b@docomo.ne.jp", "a..b@docomo.ne.jp"],
    [".a@docomo.ne.jp", ".a@docomo.ne.jp"],
    ["a.@ezweb.ne.jp", "a.@ezweb.ne.jp"],
  ] as const) {
    it(`sends ${typed} (J-1, J-5)`, async () => {
      const { client } = await mount(accepting());
      fill("email", typed);
      submit();
      await untilHeading(SENT);
      expect(requests(client)).to.deep.equal([{ audience: "staff", email: sent }]);
    });
  }

  for (const typed of ["", "suzuki", "a@@b.jp", "a b@example.jp", "<a@example.jp>"]) {
    it(`asks again for ${JSON.stringify(typed)}, and focuses the field`, async () => {
      const { client } = await mount(accepting());
      fill("email", typed);
      submit();
      await until(() => field("email").getAttribute("aria-invalid") === "true");
      await until(() => document.activeElement === field("email"));
      expect(requests(client)).to.have.length(0);
    });
  }

  it("says the same for every address (J-31)", async () => {
    const shown: string[] = [];
    for (const email of ["known@example.jp", "nobody@example.jp"]) {
      const { element } = await mount(accepting());
      fill("email", email);
      submit();
      await untilHeading(SENT);
      shown.push(
        text()
          .replaceAll(email, "…")
          .replace(/\d+秒/g, "")
          .replace(/\d\d:\d\d/g, ""),
      );
      element.remove();
    }
    expect(shown[0]).to.equal(shown[1]);
    expect(shown[0]).to.contain("登録されている場合");
  });

  it("helps owners of carrier addresses with the sender's domain (J-2)", async () => {
    await mount(accepting());
    fill("email", "taro@docomo.ne.jp");
    submit();
    await untilHeading(SENT);
    expect(text()).to.contain("受信設定(指定受信)で「mail.example.jp」からのメールを許可");
    expect(text()).not.to.contain("届かない場合があります");
  });

  it("warns owners of addresses with dots in odd places (J-1)", async () => {
    await mount(accepting());
    fill("email", "a..b@docomo.ne.jp");
    submit();
    await untilHeading(SENT);
    expect(text()).to.contain("届かない場合があります");
  });

  it("shows until when the link works, in Japan time with its offset", async () => {
    await mount(accepting());
    fill("email", "taro@example.jp");
    submit();
    await untilHeading(SENT);
    const time = document.querySelector("welby-password-reset time");
    expect(time?.getAttribute("datetime")).to.match(/\+09:00$/);
    const minutes = (new Date(time?.getAttribute("datetime") ?? "").getTime() - Date.now()) / 60_000;
    expect(minutes).to.be.within(28.9, 30);
    expect(time?.textContent).to.match(/^\d{4}\/\d\d\/\d\d \d\d:\d\d$/);
  });

  it("lets nobody send again before a minute has passed", async () => {
    const { client } = await mount(accepting());
    fill("email", "taro@example.jp");
    submit();
    await untilHeading(SENT);
    const again = button("もう一度送信する");
    expect(again.getAttribute("aria-disabled")).to.equal("true");
    expect(document.getElementById(again.getAttribute("aria-describedby") ?? "")?.textContent).to.match(
      /あと\d+秒/,
    );
    again.click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(requests(client)).to.have.length(1);
  });

  it("goes back with the address in place", async () => {
    await mount(accepting());
    fill("email", "taro@example.jp");
    submit();
    await untilHeading(SENT);
    button("メールアドレスを入力し直す").click();
    await untilHeading("パスワードの再設定");
    expect(field("email").value).to.equal("taro@example.jp");
  });

  it("sends once for a double click (A-106)", async () => {
    const answer = deferred<void>();
    const { client } = await mount(stubClient({ auth: { requestPasswordReset: () => answer.promise } }));
    fill("email", "taro@example.jp");
    const send = button("メールを送信する");
    send.click();
    send.click();
    await until(() => requests(client).length === 1);
    submit();
    answer.resolve();
    await untilHeading(SENT);
    expect(requests(client)).to.have.length(1);
  });

  it("keeps the address when the connection fails", async () => {
    await mount(
      stubClient({
        auth: {
          requestPasswordReset: async () => {
            throw failure("connection_failed", { retryable: true });
          },
        },
      }),
    );
    fill("email", "taro@example.jp");
    submit();
    await until(() => text().includes("通信できませんでした。"));
    expect(field("email").value).to.equal("taro@example.jp");
  });

  it("works by keyboard alone, and moves the focus to the next heading", async () => {
    await mount(accepting());
    field("email").focus();
    await sendKeys({ type: "taro@example.jp" });
    await sendKeys({ press: "Enter" });
    await untilHeading(SENT);
    await until(() => document.activeElement === document.querySelector("welby-password-reset h2"));
  });
});

describe("welby-password-reset, opened by a mail's link", () => {
  const password = "asagao-tegami-koharu-7";

  function confirming(confirmPasswordReset: () => Promise<void> = async () => undefined) {
    return stubClient({ auth: { confirmPasswordReset } });
  }

  async function set(value = password): Promise<void> {
    await until(() => document.querySelectorAll("welby-password-reset li").length > 3);
    fill("new-password", value);
    submit();
  }

  it("takes the token out of the address before the first call (RS-5)", async () => {
    const hashes: string[] = [];
    const client = stubClient({
      meta: {
        passwordPolicy: async () => {
          hashes.push(location.hash);
          return policy;
        },
      },
    });
    const length = history.length;
    await mount(client, { token: "s3cr3t" });
    await untilHeading("新しいパスワードの設定");
    await until(() => hashes.length > 0);
    expect(hashes).to.deep.equal([""]);
    expect(location.href).not.to.contain("s3cr3t");
    expect(history.length).to.equal(length);
  });

  it("keeps the rest of the fragment and the history's state", async () => {
    history.replaceState({ page: 3 }, "", "#lang=ja&token=s3cr3t");
    const { element } = await mount(confirming());
    expect(location.hash).to.equal("#lang=ja");
    expect(history.state).to.deep.equal({ page: 3 });
    element.remove();
    history.replaceState(null, "", location.pathname + location.search);
  });

  it("sends the token and the password as typed, once, and signs nobody in (A-106, RS-7)", async () => {
    const { element, client } = await mount(confirming(), { token: "s3cr3t" });
    const events: string[] = [];
    for (const type of ["welby-password-reset", "welby-signed-in"]) {
      element.addEventListener(type, (event) =>
        events.push(`${type} ${JSON.stringify((event as CustomEvent).detail)}`),
      );
    }
    await set();
    submit();
    await untilHeading("パスワードを設定しました");
    expect(client.calls.filter(([name]) => name.startsWith("auth."))).to.deep.equal([
      ["auth.confirmPasswordReset", { token: "s3cr3t", newPassword: password }],
    ]);
    expect(events).to.deep.equal(['welby-password-reset {"audience":"staff"}']);
    expect(document.querySelector("welby-password-reset a")?.getAttribute("href")).to.equal("/sign-in");
    expect(document.documentElement.outerHTML).not.to.contain("s3cr3t");
  });

  it("shows the server's rules and a field for password managers (PW-9, RS-9)", async () => {
    await mount(confirming(), { token: "s3cr3t" });
    await until(() => text().includes("15文字以上"));
    expect(field("new-password").autocomplete).to.equal("new-password");
    expect(field("username").autocomplete).to.equal("username");
  });

  it("marks the rule for which the server refused and keeps the token for the next try", async () => {
    const refusals = ["weak_password", "password_reused"];
    const client = confirming(async () => {
      const code = refusals.shift();
      if (code) throw failure(code, { rules: ["common"] });
    });
    await mount(client, { token: "s3cr3t" });
    await set();
    await until(() => document.querySelector("welby-password-reset .w-check-refused"));
    submit();
    await until(() => text().includes("いまのパスワードと同じものは使用できません。"));
    submit();
    await untilHeading("パスワードを設定しました");
  });

  it("offers to start again when the link does not work any more", async () => {
    await mount(
      confirming(async () => {
        throw failure("token_invalid");
      }),
      { token: "s3cr3t" },
    );
    await set();
    await untilHeading("このURLは使えません");
    await until(() => text().includes("有効期限が切れているか、すでに使用されています。"));
    button("もう一度手続きする").click();
    await untilHeading("パスワードの再設定");
  });

  it("says so at once for an empty token", async () => {
    await mount(stubClient(), { token: "" });
    await untilHeading("このURLは使えません");
  });

  it("follows a link that is opened in a tab which shows the page already", async () => {
    await mount(confirming());
    await untilHeading("パスワードの再設定");
    location.hash = "#token=later";
    await untilHeading("新しいパスワードの設定");
    expect(location.href).not.to.contain("later");
  });

  it("loads the rules once a client is there", async () => {
    const { element } = await mount(stubClient(), { token: "s3cr3t" });
    element.client = confirming();
    await until(() => text().includes("15文字以上"));
  });
});

describe("welby-password-reset's way to the sign-in", () => {
  it("is a button that fires an event without an address", async () => {
    const { element } = await mount();
    element.signInHref = undefined;
    await element.updateComplete;
    const events: unknown[] = [];
    element.addEventListener("welby-sign-in-request", (event) => events.push(event.detail));
    button("ログイン画面へ戻る").click();
    expect(events).to.deep.equal([{ audience: "staff" }]);
  });

  it("is no link to a script (A-020)", async () => {
    const { element } = await mount();
    element.signInHref = "javascript:alert(1)";
    await element.updateComplete;
    expect(document.querySelector("welby-password-reset a")).to.equal(null);
  });
});
