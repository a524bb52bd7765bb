import { html, nothing } from "lit";
import { personKana, personName } from "@welby/text";
import { displayName } from "../../../internal/display-name.ts";
import type { StaffMember } from "../../../internal/api-types.ts";
import type { Texts } from "../model.ts";

/** A name in the order of the language; where it cannot be split, as it is. */
export function nameOf(name: StaffMember["name"], { locale }: Texts): string {
  return displayName((locale !== "ja" && name.given && personName(name, locale)) || name.text);
}

/** The name with its reading, so that namesakes can be told apart. */
export function personTemplate(name: StaffMember["name"], texts: Texts) {
  const kana = displayName(name.kana ?? personKana(name));
  return html`<span class="name"><bdi>${nameOf(name, texts)}</bdi></span>
    ${kana ? html`<span class="muted"><bdi>${kana}</bdi></span>` : nothing}`;
}

/** The name of a role; one that a newer server has sent stays visible as it came. */
export function roleName(role: string, { t }: Texts): string {
  return role === "admin" || role === "staff" ? t(role) : t("unknownRole", { role: displayName(role) });
}
