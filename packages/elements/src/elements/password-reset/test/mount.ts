import { fixture, html } from "@open-wc/testing";
import "../../../define/password-reset.ts";
import type { WelbyPasswordReset } from "../password-reset.ts";
import { stubClient } from "../../../../test/support/stub-client.ts";
import type { StubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";

export interface Mounted {
  readonly element: WelbyPasswordReset;
  readonly client: StubClient;
}

export interface MountOptions {
  readonly locale?: string;
  /** Stands in the address when the element comes, as in a mail's link. */
  readonly token?: string;
}

/** A password reset with a client; the page's address is what it was before. */
export async function mount(
  client: StubClient = stubClient(),
  { locale = "ja", token }: MountOptions = {},
): Promise<Mounted> {
  if (token !== undefined)
    history.replaceState(null, "", `${location.pathname}${location.search}#token=${token}`);
  const element = await fixture<WelbyPasswordReset>(
    html`<welby-password-reset
      locale=${locale}
      sender-domain="mail.example.jp"
      sign-in-href="/sign-in"
      .client=${client}
    ></welby-password-reset>`,
  );
  return { element, client };
}

export function field(name: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`welby-password-reset input[name="${name}"]`);
  if (!found) throw new Error(`There is no field ${name}.`);
  return found;
}

/** Puts a value in as autofill does: at once, with `input` and `change`. */
export function fill(name: string, value: string): void {
  const input = field(name);
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

export function submit(): void {
  document.querySelector<HTMLFormElement>("welby-password-reset form")?.requestSubmit();
}

export function button(label: string): HTMLButtonElement {
  const all = [...document.querySelectorAll<HTMLButtonElement>("welby-password-reset button")];
  const found = all.find((one) => one.textContent?.trim() === label);
  if (!found) throw new Error(`There is no button ${label}.`);
  return found;
}

export function text(): string {
  const content = document.querySelector("welby-password-reset .welby-light")?.textContent ?? "";
  return content.replace(/\s+/g, " ").trim();
}

export async function untilHeading(expected: string): Promise<void> {
  await until(() => document.querySelector("welby-password-reset h2")?.textContent?.trim() === expected);
}
