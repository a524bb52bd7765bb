import type { Audience } from "@welby/sdk";
import type { WelbyActionEvent, WelbyBeforeEvent } from "../../internal/events.ts";

/** What the element shows; `welby-view-change` names them. */
export type PasswordResetView = "request" | "sent" | "confirm" | "invalid-token" | "done";

export interface PasswordResetDetail {
  readonly audience: Audience;
}

declare global {
  interface HTMLElementEventMap {
    "welby-before-password-reset-request": WelbyBeforeEvent<PasswordResetDetail>;
    "welby-password-reset-request": WelbyActionEvent<PasswordResetDetail>;
    "welby-before-password-reset": WelbyBeforeEvent<PasswordResetDetail>;
    "welby-password-reset": WelbyActionEvent<PasswordResetDetail>;
    "welby-sign-in-request": WelbyActionEvent<PasswordResetDetail>;
  }
}
