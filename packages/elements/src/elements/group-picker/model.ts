import type { LocalizeController } from "../../controllers/localize.ts";
import type { PatientGroup, PatientRow } from "../../internal/api-types.ts";
import type { Assignment } from "./assignment.ts";
import type { ComboboxController } from "./combobox.ts";
import type { Creation } from "./create-controller.ts";
import type { CreateOffer, GroupSection } from "./group-list.ts";
import type { groupPickerMessages } from "./group-picker.messages.ts";
import type { Share } from "./membership.ts";

export type Texts = LocalizeController<typeof groupPickerMessages>;

/** What one load gives. */
export interface PickerData {
  readonly groups: readonly PatientGroup[];
  readonly sections: readonly GroupSection[];
}

/** What the views show, and what they ask the element to do. */
export interface PickerModel {
  readonly texts: Texts;
  readonly label: string;
  readonly required: boolean;
  readonly readonly: boolean;
  readonly disabled: boolean;
  readonly many: boolean;
  readonly patients: readonly PatientRow[];
  readonly assignment: Assignment;
  readonly combobox: ComboboxController;
  /** The groups that fit the text. */
  readonly sections: readonly GroupSection[];
  readonly hasGroups: boolean;
  readonly offer: CreateOffer | undefined;
  /** Group ids in the order of the arrow keys, the option that creates last. */
  readonly options: readonly string[];
  readonly creation: Creation | undefined;
  /** Groups that all or some of the patients have. */
  readonly chosen: readonly string[];
  share(groupId: string): Share;
  /** How many of the patients have the group on the server. */
  holders(groupId: string): number;
  nameOf(groupId: string): string;
  clickOption(event: MouseEvent, option: string): void;
  removeChip(groupId: string): void;
  onChipKeydown(event: KeyboardEvent): void;
  onChipFocusin(event: FocusEvent): void;
}

/** 「2人中1人」 in words. */
export function shareText(model: PickerModel, groupId: string): string {
  const total = model.assignment.patientIds.length;
  const share = model.share(groupId);
  if (share === "all") return model.texts.t("allOf", { total });
  return model.texts.t("shareOf", { total, count: share === "some" ? model.holders(groupId) : 0 });
}
