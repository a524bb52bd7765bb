import { fixture, html } from "@open-wc/testing";
import type { PatientGroups, PatientRow } from "@welby/contract/schemas";
import "../../../define/group-picker.ts";
import type { WelbyGroupPicker } from "../group-picker.ts";
import { categories, groups, kazuko } from "../../../../test/support/hospital.ts";
import { paginated } from "../../../../test/support/paginated.ts";
import { stubClient } from "../../../../test/support/stub-client.ts";
import type { StubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";

type Parts = NonNullable<Parameters<typeof stubClient>[0]>;

/** The groups of one patient as the API answers them. */
export function setOf(
  groupIds: readonly string[],
  version = 1,
  patientId: string = kazuko.id,
): PatientGroups {
  return { patientId, groupIds: [...groupIds], version } as unknown as PatientGroups;
}

/** A signed-in client with the demo hospital's groups; what a test adds wins. */
export function hospital(parts: Parts = {}): StubClient {
  return stubClient(
    {
      ...parts,
      groups: { list: () => paginated(groups), ...parts.groups },
      categories: { list: () => paginated(categories), ...parts.categories },
      patients: { getGroups: async () => setOf(kazuko.groupIds), ...parts.patients },
    },
    "signed_in",
  );
}

export interface MountOptions {
  readonly patients?: readonly PatientRow[];
  readonly value?: readonly string[];
  readonly manualSave?: boolean;
  readonly required?: boolean;
  readonly readonly?: boolean;
  readonly disabled?: boolean;
  readonly name?: string;
  readonly label?: string;
  readonly locale?: string;
}

export async function mount(
  client: StubClient = hospital(),
  options: MountOptions = {},
): Promise<WelbyGroupPicker> {
  const parent = document.createElement("form");
  // What is submitted by mistake would leave the test's page.
  parent.addEventListener("submit", (event) => event.preventDefault());
  return fixture<WelbyGroupPicker>(
    html`<welby-group-picker
      name=${options.name ?? "groups"}
      locale=${options.locale ?? "ja"}
      ?required=${options.required}
      ?readonly=${options.readonly}
      ?disabled=${options.disabled}
      ?manual-save=${options.manualSave}
      .label=${options.label}
      .defaultValue=${options.value}
      .patients=${options.patients}
      .client=${client}
    ></welby-group-picker>`,
    { parentNode: parent.isConnected ? parent : document.body.appendChild(parent) },
  );
}

/** The picker with its list loaded. */
export async function ready(client?: StubClient, options?: MountOptions): Promise<WelbyGroupPicker> {
  const element = await mount(client, options);
  await until(() => find(element, "#input, .chips, .w-text"));
  return element;
}

export function find<E extends HTMLElement = HTMLElement>(element: Element, selector: string): E | null {
  return element.shadowRoot?.querySelector<E>(selector) ?? null;
}

export function all<E extends HTMLElement = HTMLElement>(element: Element, selector: string): E[] {
  return [...(element.shadowRoot?.querySelectorAll<E>(selector) ?? [])];
}

export function input(element: Element): HTMLInputElement {
  const found = find<HTMLInputElement>(element, "#input");
  if (!found) throw new Error("There is no input.");
  return found;
}

/** Text as read: one space between words. */
export function textOf(node: Element | null): string {
  return (node?.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** Names of the options as shown. */
export function options(element: Element): string[] {
  return all(element, "[role=option]").map((option) => textOf(option.querySelector(".name")));
}

export function option(element: Element, name: string): HTMLElement {
  const found = all(element, "[role=option]").find((one) => textOf(one.querySelector(".name")) === name);
  if (!found) throw new Error(`There is no option ${name}, but: ${options(element).join("、")}`);
  return found;
}

/** The highlighted option, by what the input says of it. */
export function active(element: Element): string | undefined {
  const id = input(element).getAttribute("aria-activedescendant");
  if (id === null) return undefined;
  const found = element.shadowRoot?.getElementById(id);
  if (!found) throw new Error(`aria-activedescendant names ${id}, which is not there.`);
  return textOf(found.querySelector(".name"));
}

export function chips(element: Element): string[] {
  return all(element, ".chip").map((chip) => chip.getAttribute("aria-label") ?? textOf(chip));
}

export function announced(element: Element): string {
  return textOf(find(element, "[role=status].w-visually-hidden"));
}

/** Types as a script would, for tests that are not about typing. */
export async function type(element: WelbyGroupPicker, text: string): Promise<void> {
  input(element).value = text;
  input(element).dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  await element.updateComplete;
}

export async function open(element: WelbyGroupPicker): Promise<void> {
  input(element).click();
  await element.updateComplete;
}

export async function press(element: Element, selector: string, text?: string): Promise<void> {
  const button = all(element, selector).find((one) => text === undefined || textOf(one) === text);
  if (!button)
    throw new Error(
      `There is no ${selector} ${text ?? ""}, but: ${all(element, selector).map(textOf).join(" / ")}`,
    );
  button.click();
  await (element as WelbyGroupPicker).updateComplete;
}

/** Arguments of the calls of one method so far. */
export function callsOf(client: StubClient, name: string): unknown[] {
  return client.calls.filter(([called]) => called === name).map(([, input]) => input);
}
