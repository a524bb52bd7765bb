import { html, nothing } from "lit";
import { personKana } from "@welby/text";
import { displayName } from "../../../internal/display-name.ts";
import type { StaffMember } from "../../../internal/api-types.ts";
import type { Texts } from "../model.ts";

/** A name as recorded, in every language. */
export function nameOf(name: StaffMember["name"]): string {
  return displayName(name.text);
}

/** The name with its reading and its address, so that namesakes can be told apart. */
export function personTemplate(name: StaffMember["name"], email: string) {
  return html`<span class="person">
    <span class="name"><bdi>${nameOf(name)}</bdi></span>
    ${[name.kana ?? personKana(name), email].map((text) =>
      text ? html` <span class="muted"><bdi>${displayName(text)}</bdi></span>` : nothing,
    )}
  </span>`;
}

/** The name of a role; one that a newer server has sent stays visible as it came. */
export function roleName(role: string, { t }: Texts): string {
  return role === "admin" || role === "staff" ? t(role) : t("unknownRole", { role: displayName(role) });
}
