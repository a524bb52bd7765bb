import type { Translate } from "../../controllers/localize.ts";
import type { LocalizeController } from "../../controllers/localize.ts";
import type { FormController } from "../../forms/form-controller.ts";
import type { HalfWidthFieldController } from "../../forms/half-width-field.ts";
import type { NewPasswordController } from "../../forms/new-password.ts";
import type { passwordResetMessages } from "./password-reset.messages.ts";

/** What the views of the password reset see of the element. */
export interface ResetModel {
  readonly t: Translate<typeof passwordResetMessages>;
  readonly texts: LocalizeController<typeof passwordResetMessages>;
  readonly form: FormController;
  readonly halfWidth: HalfWidthFieldController;
  readonly newPassword: NewPasswordController;
  readonly senderDomain: string | undefined;
  /** The address that was asked for, as sent. */
  readonly email: string;
  /** Milliseconds since 1970 of the latest sending. */
  readonly sentAt: number;
  readonly resent: boolean;
  /** Until a mail can be sent again. */
  readonly secondsToResend: number;
  readonly offline: boolean;
  readonly signIn: { readonly href: string | undefined; onClick(event: Event): void };
  id(part: string): string;
  onRequest(event: SubmitEvent): void;
  onResend(): void;
  onConfirm(event: SubmitEvent): void;
  onStartAgain(): void;
}
