import { html } from "lit";
import type { ResetModel } from "../reset-model.ts";

/** The way to the sign-in: a link where the page gave an address, else a button that fires `welby-sign-in-request`. */
export function signInLink({ signIn }: ResetModel, label: string) {
  return signIn.href
    ? html`<a class="w-link" href=${signIn.href} @click=${signIn.onClick}>${label}</a>`
    : html`<button class="w-link" type="button" @click=${signIn.onClick}>${label}</button>`;
}
