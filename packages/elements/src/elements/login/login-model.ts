import type { Audience, SignInStep, WelbyClient } from "@welby/sdk";
import type { AnnouncerController } from "../../controllers/announcer.ts";
import type { LightDomController } from "../../controllers/light-dom.ts";
import type { LocalizeController } from "../../controllers/localize.ts";
import type { FormController } from "../../forms/form-controller.ts";
import type { HalfWidthFieldController } from "../../forms/half-width-field.ts";
import type { PasswordFieldController } from "../../forms/password-field.ts";
import type { WelbyElement } from "../../internal/base-element.ts";
import type { CredentialsOptions } from "./views/credentials.ts";
import type { loginMessages } from "./login.messages.ts";
import type { LoginView } from "./login.types.ts";

/** What the flow sees of the element. */
export interface LoginHost extends WelbyElement {
  readonly texts: LocalizeController<typeof loginMessages>;
  readonly light: LightDomController;
  audience: Audience;
  returnTo: string | undefined;
  view: LoginView;
  /** The id of a part of the form, unique in the page. */
  partId(part: string): string;
  forgot(): CredentialsOptions["forgot"];
  navigate(url: string): void;
}

export interface LoginState {
  readonly audience: Audience;
  /** Half width; empty if it is not known in this page. */
  readonly loginId: string;
  /** Where the sign-in stands; undefined after a reload. */
  readonly step: SignInStep | undefined;
  readonly lastSignInAt: string | null;
  /** Where the person goes on, if the page said so. */
  readonly continueTo: string | undefined;
}

/** What the steps of the login see of the flow, and what they may do to it. */
export interface LoginModel {
  readonly host: LoginHost;
  readonly texts: LocalizeController<typeof loginMessages>;
  readonly announcer: AnnouncerController;
  readonly form: FormController;
  readonly password: PasswordFieldController;
  readonly halfWidth: HalfWidthFieldController;

  /** Where things stand at this moment. */
  now(): LoginState;
  /** The id of a part of the form, unique in the page. */
  id(part: string): string;
  /** What stands in a field now. */
  fieldValue(name: string): string;
  client(): Promise<WelbyClient>;
  /** Shows what comes after `step`. */
  advance(step: SignInStep): Promise<void>;
  /** The person is signed in already, or again. */
  restored(): Promise<void>;
  /** Back to login id and password, with the reason said above them. */
  startOver(notice?: () => string): Promise<void>;
  signOut(): Promise<void>;
}
