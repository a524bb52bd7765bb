import { expect } from "@open-wc/testing";
import type { PasswordPolicy, SignInStep } from "@welby/sdk";
import { mfaStep } from "../../../../test/support/mfa-step.ts";
import { failure, stubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import { announced, field, fill, mount, signIn, submit, text, untilHeading } from "./mount.ts";
import { loginStates } from "./states.ts";

const done: SignInStep = { status: "signed_in", lastSignInAt: null };
const headingHasFocus = () =>
  until(() => document.activeElement === document.querySelector("welby-login h2"));
const alertText = () => document.querySelector("welby-login .w-alert-error")?.textContent ?? "";

async function atSecondFactor(verify: (code: string) => Promise<SignInStep>): Promise<string[]> {
  const codes: string[] = [];
  const step = mfaStep({
    verify: (answer) => {
      const code = "code" in answer ? answer.code : "";
      codes.push(code);
      return verify(code);
    },
  });
  await mount(stubClient({ auth: { signIn: async () => step } }));
  field("password").focus();
  signIn();
  await untilHeading("認証コードの入力");
  return codes;
}

async function atPasswordChange(setPassword: (password: string) => Promise<SignInStep>) {
  const step: SignInStep = { status: "password_change_required", setPassword };
  const mounted = await mount(stubClient({ auth: { signIn: async () => step } }));
  field("password").focus();
  signIn();
  await untilHeading("パスワードの変更");
  await until(() => document.querySelectorAll("welby-login li:not(.w-unseen)").length > 3);
  return mounted;
}

const ruleState = (text: string) =>
  [...document.querySelectorAll("welby-login li")].find((line) => line.textContent?.includes(text))
    ?.className ?? "";

describe("welby-login, second factor", () => {
  it("moves the focus to the heading of the step", async () => {
    await atSecondFactor(async () => done);
    await headingHasFocus();
  });

  for (const typed of ["123456", "１２３４５６", "123 456", "１２３－４５６", " 123456 "]) {
    it(`takes the code as ${JSON.stringify(typed)} (J-21)`, async () => {
      const codes = await atSecondFactor(async () => done);
      fill("code", typed);
      submit();
      await untilHeading("ログインしました");
      expect(codes).to.deep.equal(["123456"]);
    });
  }

  it("is one field for one-time codes with a numeric keypad (J-21)", async () => {
    await atSecondFactor(async () => done);
    const input = field("code");
    // As an attribute: Firefox does not know this value of the property.
    expect([input.getAttribute("autocomplete"), input.inputMode, input.type]).to.deep.equal([
      "one-time-code",
      "numeric",
      "text",
    ]);
    expect(input.maxLength).to.equal(-1);
  });

  it("does not send what cannot be a code", async () => {
    const codes = await atSecondFactor(async () => done);
    fill("code", "12345");
    submit();
    await until(() => text().includes("認証コードは6桁の数字です。"));
    expect(codes).to.deep.equal([]);
  });

  it("says that a code is wrong and keeps it for correction", async () => {
    await atSecondFactor(async () => {
      throw failure("mfa_invalid");
    });
    fill("code", "123456");
    submit();
    await until(() => alertText().includes("認証コードが正しくありません。"));
    await until(() => document.activeElement === field("code"));
    expect(field("code").value).to.equal("123456");
  });

  it("goes back to the start when the challenge has expired, with the reason and the login id", async () => {
    await atSecondFactor(async () => {
      throw failure("challenge_expired");
    });
    fill("code", "123456");
    submit();
    await untilHeading("ログイン");
    await until(() => text().includes("認証の有効期限が切れました。"));
    expect(field("username").value).to.equal("suzuki@minato.example.jp");
    expect(field("password").value).to.equal("");
  });

  it("says so when no method that it knows is offered", async () => {
    const step = mfaStep({ methods: ["passkey"], verify: async () => done });
    await mount(stubClient({ auth: { signIn: async () => step } }));
    signIn();
    await untilHeading("この画面では続けられません");
  });
});

describe("welby-login, first own password", () => {
  it("shows the server's rules before anything is typed", async () => {
    await atPasswordChange(async () => done);
    expect(text()).to.contain("15文字以上").and.to.contain("256文字以内");
    expect(text()).not.to.contain("文字・数字・記号");
    expect(text()).not.to.contain("満たしています");
  });

  for (const mixed of [false, true]) {
    for (const width of ["288px", "600px"]) {
      it(`leaves the field where it is when the rules come late (${mixed ? "mixed, " : ""}${width})`, async () => {
        let answer: (policy: PasswordPolicy) => void = () => {};
        const policy = new Promise<PasswordPolicy>((resolve) => (answer = resolve));
        const step: SignInStep = { status: "password_change_required", setPassword: async () => done };
        const { element } = await mount(
          stubClient({ auth: { signIn: async () => step }, meta: { passwordPolicy: () => policy } }),
        );
        element.style.display = "block";
        element.style.width = width;
        signIn();
        await untilHeading("パスワードの変更");
        const before = field("new-password").getBoundingClientRect().top;
        answer({ preset: "default", minLength: 15, maxLength: 256, mixed, forbiddenWords: [] });
        await until(() => text().includes("15文字以上"));
        expect(field("new-password").getBoundingClientRect().top).to.equal(before);
        // The mark and the words of a line start in the same line, and what is wrapped hangs under the words.
        for (const line of document.querySelectorAll("welby-login li:not(.w-unseen)")) {
          const words = line.querySelector("span")?.getBoundingClientRect();
          const box = line.getBoundingClientRect();
          expect(words?.left).to.be.greaterThan(box.left + 8);
          expect(words?.height).to.be.at.least(box.height - 8);
        }
      });
    }
  }

  it("ticks the rules while somebody types, counting code points", async () => {
    await atPasswordChange(async () => done);
    fill("new-password", "😀asagao-tegami");
    await until(() => ruleState("15文字以上").includes("w-check-unmet"));
    fill("new-password", "😀asagao-tegami7");
    await until(() => ruleState("15文字以上").includes("w-check-met"));
  });

  it("knows the login id as a word that must not be in it", async () => {
    await atPasswordChange(async () => done);
    fill("new-password", "suzuki-no-asagao-7");
    await until(() => ruleState("推測されやすい語").includes("w-check-unmet"));
  });

  it("announces the progress after a pause, not at each key", async () => {
    const { element } = await atPasswordChange(async () => done);
    fill("new-password", "a");
    fill("new-password", "asagao-tegami-koharu-7");
    await until(() => announced(element) === "4項目中4項目を満たしています", 2500);
  });

  it("sends nothing that breaks a rule", async () => {
    await atPasswordChange(async () => {
      throw new Error("was sent");
    });
    fill("new-password", "mijikai");
    submit();
    await until(() => text().includes("条件を満たしていない項目があります。"));
    await until(() => document.activeElement === field("new-password"));
  });

  it("marks the rule for which the server refused, until another password is typed", async () => {
    await atPasswordChange(async () => {
      throw failure("weak_password", { rules: ["common"] });
    });
    fill("new-password", "asagao-tegami-koharu-7");
    submit();
    await until(() => ruleState("よく使われる").includes("w-check-refused"));
    expect(field("new-password").value).to.equal("asagao-tegami-koharu-7");
    fill("new-password", "asagao-tegami-koharu-8");
    await until(() => !ruleState("よく使われる").includes("w-check-refused"));
  });

  it("names the account to password managers, out of the way of people (PW-9)", async () => {
    await atPasswordChange(async () => done);
    const username = document.querySelector<HTMLInputElement>('welby-login input[autocomplete="username"]');
    expect(username?.value).to.equal("suzuki@minato.example.jp");
    expect(username?.readOnly).to.equal(true);
    expect(username?.tabIndex).to.equal(-1);
    expect(getComputedStyle(username as Element).display).not.to.equal("none");
    expect(getComputedStyle(username as Element).visibility).to.equal("visible");
    expect(field("new-password").autocomplete).to.equal("new-password");
  });

  it("signs in and says so when the password is set, sent as typed", async () => {
    const sent: string[] = [];
    const { element } = await atPasswordChange(async (password) => {
      sent.push(password);
      return done;
    });
    const events: unknown[] = [];
    element.addEventListener("welby-password-change", (event) => events.push(event.detail));
    fill("new-password", "あさがお てがみ こはるびより 7");
    submit();
    await untilHeading("ログインしました");
    expect(sent).to.deep.equal(["あさがお てがみ こはるびより 7"]);
    expect(events).to.deep.equal([{ audience: "staff" }]);
  });

  it("can be set although the rules cannot be loaded", async () => {
    const step: SignInStep = { status: "password_change_required", setPassword: async () => done };
    await mount(
      stubClient({
        auth: { signIn: async () => step },
        meta: {
          passwordPolicy: async () => {
            throw failure("connection_failed", { retryable: true });
          },
        },
      }),
    );
    signIn();
    await until(() => text().includes("条件をもう一度読み込む"));
    fill("new-password", "nandemo");
    submit();
    await untilHeading("ログインしました");
  });
});

describe("welby-login and the session", () => {
  it("goes on with the first own password after a reload", async () => {
    const sent: string[] = [];
    await mount(
      stubClient(
        {
          auth: {
            setInitialPassword: async (password) => {
              sent.push(password);
              return done;
            },
          },
        },
        "password_change_required",
      ),
    );
    await untilHeading("パスワードの変更");
    await until(() => document.querySelectorAll("welby-login li:not(.w-unseen)").length > 3);
    fill("new-password", "asagao-tegami-koharu-7");
    submit();
    await untilHeading("ログインしました");
    expect(sent).to.deep.equal(["asagao-tegami-koharu-7"]);
  });

  it("says that somebody is signed in already, without taking the focus from the page", async () => {
    const other = document.createElement("input");
    document.body.append(other);
    other.focus();
    const { element } = await mount(stubClient({}, "loading"));
    const events: unknown[] = [];
    element.addEventListener("welby-signed-in", (event) => events.push(event.detail));
    element.client = stubClient({}, "signed_in");
    await untilHeading("ログインしました");
    await until(() => events.length === 1);
    expect(events).to.deep.equal([{ audience: "staff", lastSignInAt: null, restored: true }]);
    expect(document.activeElement).to.equal(other);
    other.remove();
  });

  it("asks for the password again when the session is locked, and goes on", async () => {
    const { client } = await mount(stubClient({ auth: { reauthenticate: async () => undefined } }, "locked"));
    await untilHeading("画面をロックしています");
    fill("password", "asagao-tegami-koharu-7");
    submit();
    await untilHeading("ログインしました");
    expect(client.calls.filter(([name]) => name === "auth.reauthenticate")).to.deep.equal([
      ["auth.reauthenticate", "asagao-tegami-koharu-7"],
    ]);
  });

  it("says of a wrong password under the lock that it is wrong, and nothing of a login ID", async () => {
    const reauthenticate = async () => {
      throw failure("invalid_credentials");
    };
    await mount(stubClient({ auth: { reauthenticate } }, "locked"));
    await untilHeading("画面をロックしています");
    fill("password", "wrong");
    submit();
    await until(() => text().includes("現在のパスワードが正しくありません。"));
    expect(document.activeElement).to.equal(field("password"));
  });

  it("locks what it shows when another tab locks", async () => {
    const { client } = await mount(stubClient({}, "signed_in"));
    await untilHeading("ログインしました");
    client.emit("locked", "locked");
    await untilHeading("画面をロックしています");
  });

  for (const [reason, said] of [
    ["expired", "ログインの有効期限が切れました。"],
    ["refresh_reused", "安全のため、ログアウトしました。"],
    ["signed_out", "ログアウトしました。"],
    ["other_tab", "ログアウトしました。"],
  ] as const) {
    it(`says why it asks again after ${reason}`, async () => {
      const { client } = await mount(stubClient({}, "signed_in"));
      await untilHeading("ログインしました");
      client.emit("signed_out", reason);
      await untilHeading("ログイン");
      await until(() => text().includes(said));
    });
  }

  it("goes back to the start when the locked session has expired meanwhile", async () => {
    await mount(
      stubClient(
        {
          auth: {
            reauthenticate: async () => {
              throw failure("session_expired");
            },
          },
        },
        "locked",
      ),
    );
    await untilHeading("画面をロックしています");
    fill("password", "asagao-tegami-koharu-7");
    submit();
    await untilHeading("ログイン");
    await until(() => text().includes("ログインの有効期限が切れました。"));
  });

  it("does not disturb somebody who is typing when nobody is signed in", async () => {
    const client = stubClient({}, "signed_out");
    await mount(client);
    fill("username", "taro@example.jp");
    client.emit("signed_out", "other_tab");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(field("username").value).to.equal("taro@example.jp");
    expect(text()).not.to.contain("ログアウトしました");
  });

  it("ends its subscription when it leaves the page", async () => {
    const { element, client } = await mount();
    await until(() => client.listeners === 1);
    element.remove();
    expect(client.listeners).to.equal(0);
  });

  it("forgets the login id when somebody signs out", async () => {
    await loginStates["signed-out"]?.("ja");
    expect(field("username").value).to.equal("");
    expect(text()).to.contain("ログアウトしました。");
  });
});
