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
import type { FieldOptions } from "./field.ts";
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

/** Screen readers hear the checklist after a pause in typing, not at each key. */
const PAUSE_MS = 1000;

/** A field for a new password with the server's own rules below it, checked while somebody types. */
export class NewPasswordController implements ReactiveController {
  readonly #parts: NewPasswordParts;
  readonly #policy: AsyncStateController<PasswordPolicy>;
  readonly #host: WelbyElement;
  readonly #text;
  #value = "";
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

  hostConnected(): void {}

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
    if (status === "loading" || status === "idle") {
      return html`<p class="w-hint" id=${id} aria-busy="true">${this.#text("loadingRules")}</p>`;
    }
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
      </ul>
    </div>`;
  }

  #renderLine({ rule, state }: Line): TemplateResult {
    const policy = this.#policy.value;
    const label = this.#ruleText(rule, policy);
    return html`<li class="w-check w-check-${state}">
      <span>
        ${label}
        <span class="w-check-state"
          >${this.#value === "" && state === "unmet" ? nothing : this.#text(state)}</span
        >
      </span>
    </li>`;
  }

  #ruleText(rule: PasswordRule, policy: PasswordPolicy | undefined): string {
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
    return [...lines, { rule: "common", state: refused.includes("common") ? "refused" : "onServer" }];
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
