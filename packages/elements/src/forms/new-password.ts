import { html, nothing } from "lit";
import type { ReactiveController, TemplateResult } from "lit";
import { checkPassword } from "@welby/contract/policy";
import type { PasswordCheck, PasswordRule } from "@welby/contract/policy";
import type { PasswordPolicy } from "@welby/sdk";
import type { AnnouncerController } from "../controllers/announcer.ts";
import { AsyncStateController } from "../controllers/async-state.ts";
import type { LocalizeController } from "../controllers/localize.ts";
import type { WelbyElement } from "../internal/base-element.ts";
import type { Catalogue } from "../internal/messages.ts";
import { adoptSheet, lightSheet } from "../theme/light-sheet.ts";
import type { FieldOptions } from "./field.ts";
import { newPasswordStyles } from "./new-password.css.ts";
import type { PasswordFieldController } from "./password-field.ts";
import { newPasswordMessages } from "./new-password.messages.ts";

export interface NewPasswordParts {
  readonly texts: LocalizeController<Catalogue>;
  readonly announcer: AnnouncerController;
  readonly password: PasswordFieldController;
  /** Words of the person that the password must not contain, e.g. the login id. */
  personalWords(): readonly string[];
}

type Line = { readonly rule: PasswordRule; readonly state: "met" | "unmet" | "refused" | "onServer" };

/** Shared by all elements of a page; the form that this is part of may have other styles. */
let sheet: CSSStyleSheet | undefined;

/** What the list most likely will be, to keep its place free. */
const USUAL = { minLength: 15, maxLength: 256, mixed: true, forbiddenWords: [] };

const COMMON: Line = { rule: "common", state: "onServer" };

/** Screen readers hear the checklist after a pause in typing, not at each key. */
const PAUSE_MS = 1000;

/** A field for a new password with the server's own rules below it, checked while somebody types. */
export class NewPasswordController implements ReactiveController {
  readonly #parts: NewPasswordParts;
  readonly #policy: AsyncStateController<PasswordPolicy>;
  readonly #host: WelbyElement;
  readonly #text;
  #value = "";
  /** The list's place was kept free, a line for each rule that there can be. */
  #reserved = false;
  /** What the server refused, and for which password: typing another one takes the mark away. */
  #refused: { readonly rules: readonly string[]; readonly value: string } | undefined;

  constructor(host: WelbyElement, parts: NewPasswordParts) {
    this.#host = host;
    this.#parts = parts;
    this.#text = parts.texts.of(newPasswordMessages);
    this.#policy = new AsyncStateController(host, {
      load: async (signal) => (await host.requireClient()).meta.passwordPolicy({ signal }),
      onSlow: () => parts.announcer.announce(this.#text("loadingRules")),
    });
    host.addController(this);
  }

  hostConnected(): void {
    adoptSheet(this.#host.getRootNode(), (sheet ??= lightSheet(newPasswordStyles)));
  }

  hostDisconnected(): void {
    this.forget();
  }

  /** Asks for the rules, unless they are there or on their way. */
  load(): void {
    const { status } = this.#policy.state;
    if (status !== "ready" && status !== "loading") void this.#policy.reload();
  }

  /** Drops what was typed. */
  forget(): void {
    this.#value = "";
    this.#refused = undefined;
  }

  /** Drops the rules too: another client may have others. */
  reset(): void {
    this.forget();
    this.#policy.reset();
  }

  /** Whether the page can tell already that the server will refuse. Without the rules only the server knows. */
  get unmet(): boolean {
    return this.#checks().some((check) => !check.met);
  }

  /** Marks the rules for which the server refused the present password. */
  refuse(rules: readonly string[]): void {
    this.#refused = { rules, value: this.#value };
    this.#host.requestUpdate();
  }

  render(field: Omit<FieldOptions, "autocomplete">): TemplateResult {
    return html`${this.#renderRules(field.id("rules"))}
    ${this.#parts.password.render({
      ...field,
      autocomplete: "new-password",
      describedBy: "rules",
      onInput: (value) => this.#onInput(value),
    })}`;
  }

  #renderRules(id: string): TemplateResult {
    const { status } = this.#policy.state;
    if (status === "loading" || status === "idle") return this.#renderReserved(id);
    const lines = this.#lines();
    if (lines.length === 0) {
      return html`<div class="w-alert w-alert-warning" id=${id}>
        <p class="w-text">${this.#text("rulesUnavailable")}</p>
        <button class="w-link" type="button" @click=${() => void this.#policy.reload()}>
          ${this.#text("retryRules")}
        </button>
      </div>`;
    }
    return html`<div class="w-field" id=${id}>
      <p class="w-text w-strong">${this.#text("rules")}</p>
      <ul class="w-list">
        ${lines.map((line) => this.#renderLine(line))}
        ${this.#reserved && !this.#policy.value?.mixed ? this.#renderUnseen("not_mixed") : nothing}
      </ul>
    </div>`;
  }

  /** The place of the list until the rules are here: the field below it, and what somebody is about to click, stay put. */
  #renderReserved(id: string): TemplateResult {
    this.#reserved = true;
    return html`<div class="w-field" id=${id} aria-busy="true">
      <p class="w-text w-strong">${this.#text("rules")}</p>
      <div class="w-reserved">
        <p class="w-hint">${this.#text("loadingRules")}</p>
        <ul class="w-list" aria-hidden="true">
          ${[...checkPassword(USUAL, ""), COMMON].map(({ rule }) => this.#renderUnseen(rule))}
        </ul>
      </div>
    </div>`;
  }

  /** The room of a line. Its words are no content: they may not be true, and nobody is to find them. */
  #renderUnseen(rule: PasswordRule): TemplateResult {
    const state = rule === COMMON.rule ? this.#text(COMMON.state) : "";
    return html`<li class="w-check w-unseen" aria-hidden="true">
      <span>
        <span data-line=${this.#ruleText(rule, USUAL)}></span>
        <span class="w-check-state" data-line=${state}></span>
      </span>
    </li>`;
  }

  #renderLine({ rule, state }: Line): TemplateResult {
    const label = this.#ruleText(rule, this.#policy.value);
    return html`<li class="w-check w-check-${state}">
      <span>
        ${label}
        <span class="w-check-state"
          >${this.#value === "" && state === "unmet" ? nothing : this.#text(state)}</span
        >
      </span>
    </li>`;
  }

  #ruleText(rule: PasswordRule, policy: Pick<PasswordPolicy, "minLength" | "maxLength"> | undefined): string {
    if (rule === "too_short") return this.#text(rule, { min: policy?.minLength ?? 0 });
    if (rule === "too_long") return this.#text(rule, { max: policy?.maxLength ?? 0 });
    return this.#text(rule);
  }

  #checks(): PasswordCheck[] {
    const policy = this.#policy.value;
    return policy ? checkPassword(policy, this.#value, this.#parts.personalWords()) : [];
  }

  #lines(): Line[] {
    const checks = this.#checks();
    if (checks.length === 0) return [];
    const refused = this.#refused?.value === this.#value ? this.#refused.rules : [];
    const lines = checks.map(({ rule, met }): Line => {
      if (refused.includes(rule)) return { rule, state: "refused" };
      // An empty field meets "no repeated characters" and the like; that is nothing to praise yet.
      return { rule, state: met && this.#value !== "" ? "met" : "unmet" };
    });
    return [...lines, refused.includes("common") ? { ...COMMON, state: "refused" } : COMMON];
  }

  #onInput(value: string): void {
    this.#value = value;
    this.#host.requestUpdate();
    const checks = this.#checks();
    if (checks.length === 0) return;
    const met = checks.filter((check) => check.met).length;
    this.#parts.announcer.announce(this.#text("progress", { met, total: checks.length }), PAUSE_MS);
  }
}
