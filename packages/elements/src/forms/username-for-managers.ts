import { html } from "lit";
import type { TemplateResult } from "lit";

/**
 * The account a password belongs to, for password managers: always there, never `display: none`, out of the way of
 * everybody else.
 */
export function usernameForManagers(loginId: string): TemplateResult {
  return html`<input
    class="w-visually-hidden"
    type="text"
    name="username"
    autocomplete="username"
    value=${loginId}
    readonly
    tabindex="-1"
    aria-hidden="true"
  />`;
}
