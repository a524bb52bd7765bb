import { html, nothing } from "lit";
import { personKana } from "@welby/text";
import { displayName } from "../../../internal/display-name.ts";
import type { StaffMember } from "../../../internal/api-types.ts";
import type { Texts } from "../model.ts";

/** A name as recorded, in every language. */
export function nameOf(name: StaffMember["name"]): string {
  return displayName(name.text);
}

/** The name with its reading, so that namesakes can be told apart. */
export function personTemplate(name: StaffMember["name"]) {
  const kana = displayName(name.kana ?? personKana(name));
  return html`<span class="name"><bdi>${nameOf(name)}</bdi></span>
    ${kana ? html`<span class="muted"><bdi>${kana}</bdi></span>` : nothing}`;
}

/** The name of a role; one that a newer server has sent stays visible as it came. */
export function roleName(role: string, { t }: Texts): string {
  return role === "admin" || role === "staff" ? t(role) : t("unknownRole", { role: displayName(role) });
}
