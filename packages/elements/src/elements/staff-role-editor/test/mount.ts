import { fixture, html } from "@open-wc/testing";
import type { RoleChangesPreview, StaffMember } from "@welby/contract/schemas";
import "../../../define/staff-role-editor.ts";
import type { WelbyStaffRoleEditor } from "../staff-role-editor.ts";
import { saito, suzuki, takahashi, tanaka } from "../../../../test/support/hospital.ts";
import { paginated } from "../../../../test/support/paginated.ts";
import { stubClient } from "../../../../test/support/stub-client.ts";
import type { StubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";

type Parts = NonNullable<Parameters<typeof stubClient>[0]>;
type ChangesInput = Parameters<StubClient["staff"]["changeRoles"]>[0];

export const members = [saito, suzuki, takahashi, tanaka];

/** The signed-in administrator. */
export const me = { staffId: suzuki.id, email: suzuki.email, role: "admin", name: suzuki.name } as never;

/** A preview as the server gives it, worked out by hand here so that no rule of the server is copied. */
export function previewOf(
  changes: readonly [member: StaffMember, to: "admin" | "staff", problem?: string][],
  more: Partial<RoleChangesPreview> = {},
): RoleChangesPreview {
  return {
    allowed: true,
    changes: changes.map(([member, to, problem]) => ({
      staffId: member.id,
      name: member.name,
      from: member.role,
      to,
      self: member.id === suzuki.id,
      problem: problem ?? null,
    })),
    problems: [],
    activeAdminsBefore: 2,
    activeAdminsAfter: 3,
    ...more,
  };
}

/** The members with the roles of a request, one version on. */
export function changed(input: ChangesInput, list: readonly StaffMember[] = members) {
  const items = input.changes.map(({ staffId, role, version }) => {
    const member = list.find(({ id }) => id === staffId);
    return { ...member, role, version: version + 1 } as StaffMember;
  });
  return { items };
}

/** A signed-in client with the demo hospital's staff; what a test adds wins. */
export function hospital(parts: Parts = {}): StubClient {
  return stubClient(
    {
      ...parts,
      me: { get: async () => me, ...parts.me },
      staff: {
        list: () => paginated(members),
        previewRoles: async () => previewOf([[takahashi, "admin"]]),
        changeRoles: async (input) => changed(input),
        ...parts.staff,
      },
    },
    "signed_in",
  );
}

export async function mount(
  client: StubClient = hospital(),
  { locale = "ja", staffId }: { locale?: string; staffId?: string } = {},
): Promise<WelbyStaffRoleEditor> {
  return fixture<WelbyStaffRoleEditor>(
    html`<welby-staff-role-editor
      locale=${locale}
      .staffId=${staffId}
      .client=${client}
    ></welby-staff-role-editor>`,
  );
}

/** The editor with its list loaded. */
export async function ready(
  client?: StubClient,
  options?: { locale?: string; staffId?: string },
): Promise<WelbyStaffRoleEditor> {
  const editor = await mount(client, options);
  await until(() => find(editor, "table"));
  return editor;
}

export function find<E extends HTMLElement = HTMLElement>(editor: Element, selector: string): E | null {
  return editor.shadowRoot?.querySelector<E>(selector) ?? null;
}

export function all<E extends HTMLElement = HTMLElement>(editor: Element, selector: string): E[] {
  return [...(editor.shadowRoot?.querySelectorAll<E>(selector) ?? [])];
}

export function radio(editor: Element, member: StaffMember, role: "admin" | "staff"): HTMLInputElement {
  const found = find<HTMLInputElement>(editor, `input[name="role-${member.id}"][value="${role}"]`);
  if (!found) throw new Error(`There is no radio ${role} for ${member.name.text}.`);
  return found;
}

export async function choose(
  editor: WelbyStaffRoleEditor,
  member: StaffMember,
  role: "admin" | "staff",
): Promise<void> {
  radio(editor, member, role).click();
  await editor.updateComplete;
}

export function textOf(node: Element | null): string {
  return (node?.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** Everything that can be read in the element's own root. */
export function text(editor: Element): string {
  return textOf(find(editor, "div"));
}

export function dialog(editor: Element): HTMLDialogElement | null {
  return find<HTMLDialogElement>(editor, "#review-dialog[open]");
}

/** Chooses, and opens the question. */
export async function review(editor: WelbyStaffRoleEditor): Promise<HTMLDialogElement> {
  find(editor, "[part=review]")?.click();
  return until(() => dialog(editor) as HTMLDialogElement);
}

export function save(editor: Element): void {
  find(editor, "[part=save]")?.click();
}

/** The password form, as the page's own `document.querySelector` finds it. */
export function passwordField(): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(
    "welby-staff-role-editor input[autocomplete~='current-password']",
  );
  if (!found) throw new Error("There is no password field in the page.");
  return found;
}

export async function enterPassword(password = "asagao-tegami-koharu-7"): Promise<void> {
  await until(() => document.querySelector("welby-staff-role-editor input[type=password]"));
  passwordField().value = password;
  passwordField().form?.requestSubmit();
}

export function announced(editor: Element): string {
  return textOf(find(editor, "[role=status].w-visually-hidden"));
}

export function callsOf(client: StubClient, name: string): unknown[] {
  return client.calls.filter(([called]) => called === name).map(([, input]) => input);
}
