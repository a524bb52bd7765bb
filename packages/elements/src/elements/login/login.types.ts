import type { Audience } from "@welby/sdk";
import type { WelbyActionEvent, WelbyBeforeEvent } from "../../internal/events.ts";

/** What the element shows; `welby-view-change` names them. */
export type LoginView =
  | "credentials"
  | "second-factor"
  | "password-change"
  | "reauthenticate"
  | "signed-in"
  | "unsupported-step"
  | "insecure";

/** Of `welby-before-sign-in`, `welby-before-second-factor`, `welby-before-password-change`, `welby-before-reauthenticate`. */
export interface LoginActionDetail {
  readonly audience: Audience;
}

export interface SignedInDetail {
  readonly audience: Audience;
  /** Of the sign-in before this one; null if there was none or it is not known. */
  readonly lastSignInAt: string | null;
  /** True when the person was signed in already or unlocked their session. */
  readonly restored: boolean;
}

declare global {
  interface HTMLElementEventMap {
    "welby-before-sign-in": WelbyBeforeEvent<LoginActionDetail>;
    "welby-before-second-factor": WelbyBeforeEvent<LoginActionDetail>;
    "welby-before-password-change": WelbyBeforeEvent<LoginActionDetail>;
    "welby-before-reauthenticate": WelbyBeforeEvent<LoginActionDetail>;
    "welby-signed-in": WelbyActionEvent<SignedInDetail>;
    "welby-password-change": WelbyActionEvent<LoginActionDetail>;
    "welby-forgot-password": WelbyActionEvent<LoginActionDetail>;
  }
}
