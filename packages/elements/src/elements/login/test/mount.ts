import { fixture, html } from "@open-wc/testing";
import type { Audience } from "@welby/contract/schemas";
import "../../../define/login.ts";
import type { WelbyLogin } from "../login.ts";
import { stubClient } from "../../../../test/support/stub-client.ts";
import type { StubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";

export interface Mounted {
  readonly element: WelbyLogin;
  readonly client: StubClient;
}

/** A login with a client, ready for use; without a client of the test's own it is signed out and expects no call. */
export async function mount(
  client: StubClient = stubClient(),
  { audience = "staff", locale = "ja" }: { audience?: Audience; locale?: string } = {},
): Promise<Mounted> {
  const element = await fixture<WelbyLogin>(
    html`<welby-login audience=${audience} locale=${locale} .client=${client}></welby-login>`,
  );
  // What the form does comes behind how it looks; a browser that is busy with other tests may be idle late.
  element.dispatchEvent(new FocusEvent("focusin"));
  await until(() => element.shadowRoot?.querySelector("[role=status]"));
  return { element, client };
}

/** A login as it is first painted, before anything else was loaded. */
export async function mountCold(client: StubClient = stubClient()): Promise<Mounted> {
  const element = document.createElement("welby-login");
  element.client = client;
  document.body.append(element);
  await element.updateComplete;
  return { element, client };
}

/** A field of the form, as the page's own `document.querySelector` finds it. */
export function field(name: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`welby-login input[name="${name}"]`);
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
  document.querySelector<HTMLFormElement>("welby-login form")?.requestSubmit();
}

/** Fills in and sends the first view. */
export function signIn(loginId = "suzuki@minato.example.jp", password = "asagao-tegami-koharu-7"): void {
  fill("username", loginId);
  fill("password", password);
  submit();
}

export function heading(): string {
  return document.querySelector("welby-login h2")?.textContent?.trim() ?? "";
}

/** Everything that can be read in the form. */
export function text(): string {
  return document.querySelector("welby-login .welby-light")?.textContent?.replace(/\s+/g, " ").trim() ?? "";
}

export async function untilHeading(expected: string): Promise<void> {
  await until(() => heading() === expected || Promise.reject(new Error(`heading is ${heading()}`)));
}

/** What a screen reader was told last. */
export function announced(element: Element): string {
  return element.shadowRoot?.querySelector("[role=status]")?.textContent ?? "";
}
