/** Runs inside the page of strict-csp.test.ts: takes the elements through their views and keeps what is violated. */
import type { WelbyClient } from "@welby/sdk";
import type { WelbyLogin } from "../../src/elements/login/login.ts";

const page = window as Window & { violations?: string[]; done?: string[]; caught?: number };
const violations: string[] = (page.violations = []);
const done: string[] = (page.done = []);

document.addEventListener("securitypolicyviolation", (event) => {
  violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});

// Loaded only now: what an import does must be seen too.
await import("../../src/define/provider.ts");
await import("../../src/define/login.ts");
await import("../../src/define/password-reset.ts");
const { mfaStep } = await import("./mfa-step.ts");
const { stubClient } = await import("./stub-client.ts");
const { until } = await import("./until.ts");

const find = <E extends Element>(selector: string) => until(() => document.querySelector<E>(selector));

async function type(selector: string, value: string): Promise<void> {
  const input = await find<HTMLInputElement>(selector);
  input.value = value;
  for (const name of ["input", "change"])
    input.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
}

async function send(tag: string): Promise<void> {
  (await find<HTMLFormElement>(`${tag} form`)).requestSubmit();
}

async function walkLogin(): Promise<void> {
  const client: WelbyClient = stubClient({
    auth: {
      signIn: async () =>
        mfaStep({
          verify: async () => ({
            status: "password_change_required",
            setPassword: async () => ({ status: "signed_in", lastSignInAt: "2026-11-22T09:05:00+09:00" }),
          }),
        }),
    },
  });
  (await find<WelbyLogin>("welby-login")).client = client;
  await send("welby-login");
  await find("welby-login .w-alert-error");
  done.push("login");
  await type('welby-login input[name="username"]', "ｔａｒｏ@example.jp");
  await type('welby-login input[name="password"]', "himitsu");
  (await find<HTMLButtonElement>("welby-login [aria-controls]")).click();
  await send("welby-login");
  await type('welby-login input[name="code"]', "123456");
  done.push("second-factor");
  await send("welby-login");
  await find("welby-login li");
  await type('welby-login input[name="new-password"]', "asagao-tegami-koharu-7");
  done.push("password-change");
  await send("welby-login");
  await find("welby-login time");
  done.push("signed-in");
}

async function walkReset(): Promise<void> {
  const reset = await find<HTMLElement & { client: WelbyClient }>("welby-password-reset");
  reset.client = stubClient({ auth: { requestPasswordReset: async () => undefined } });
  await type('welby-password-reset input[name="email"]', "taro@docomo.ne.jp");
  await send("welby-password-reset");
  await find("welby-password-reset time");
  done.push("sent");
  location.hash = "#token=abc";
  await find("welby-password-reset li");
  done.push("confirm");
}

await walkLogin();
await walkReset();
done.push("all");

/** Shows that this page would have noticed: called by the test after it has read what the elements violated. */
export function breakThePolicy(): void {
  try {
    document.body.insertAdjacentHTML("beforeend", "<p>x</p>");
  } catch {
    // Refused, as it should be.
  }
  document.body.setAttribute("style", "color: red");
}
Object.assign(page, { breakThePolicy });
