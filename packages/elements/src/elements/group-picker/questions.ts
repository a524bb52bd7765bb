import { html } from "lit";
import { ConfirmController } from "../../controllers/confirm.ts";
import type { WelbyElement } from "../../internal/base-element.ts";
import { lateMessages } from "./late.messages.ts";
import { changesOf } from "./membership.ts";
import type { PickerModel } from "./model.ts";
import { conflictTemplate } from "./views/conflict.ts";
import { patientsTemplate } from "./views/patients.ts";
import { changesTemplate } from "./views/save.ts";

/** What the picker asks: whether to assign, and what to do about a conflict. Fetched at the first change. */
export class PickerQuestions {
  readonly #confirm: ConfirmController;

  constructor(host: WelbyElement) {
    this.#confirm = new ConfirmController(host);
  }

  /** Asks before saving, and names everybody whom it concerns (J-17). */
  ask(model: PickerModel): Promise<boolean> {
    const { assignment, texts, patients, many } = model;
    const t = texts.of(lateMessages);
    const { patientIds, ground, wishes } = assignment;
    const count = patientIds.length;
    return this.#confirm.ask({
      title: t("confirmTitle"),
      body: html`<div class="w-stack">
        <p class="w-text">${many ? t("confirmMany", { count }) : t("confirmOne")}</p>
        ${patientsTemplate(patientIds, patients, texts)} ${changesTemplate(changesOf(ground, wishes), model)}
      </div>`,
      confirmLabel: many ? texts.t("saveMany", { count }) : texts.t("save"),
      cancelLabel: t("cancel"),
      tone: "primary",
    });
  }

  render(model: PickerModel, resolve: (mine: boolean) => void) {
    return html`${conflictTemplate(model, resolve)} ${this.#confirm.render()}`;
  }
}
