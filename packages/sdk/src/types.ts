/** The public face of the client, by name. Types only: importing this file costs a page nothing. */
import type { ErrorCode, InputOf, Locale, Operations, ResultOf } from "@welby/contract";
import type {
  Audience,
  AuditEvent,
  Factor,
  Factors,
  Institution,
  Me,
  Meta,
  OwnSession,
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyRegistration,
  PasskeyRequest,
  PasskeySignInStart,
  PasswordPolicy,
  PatientDetail,
  PatientGroup,
  PatientGroups,
  PatientRow,
  Promises,
  GroupCategory,
  RoleChangesPreview,
  StaffMember,
  TotpSetup,
  Incident,
  Notice,
} from "@welby/contract/schemas";
import type { Paginated } from "./paginated.ts";
import type { SessionStore } from "./stores/store.ts";
import type { Transport } from "./transport/transport.ts";

export interface ClientOptions {
  /** Origin and optional path of the API, e.g. `https://api.example.jp`. Plain http only on loopback. */
  readonly baseUrl: string;
  /** The partner client's id, sent as `Welby-Client`. */
  readonly clientId: string;
  /** Language of error texts; `ja` unless set. */
  readonly locale?: Locale;
  /** `origin` (shared by all tabs, in IndexedDB), `memory` (kiosk, shared computers), or your own. `origin` unless set. */
  readonly store?: "origin" | "memory" | SessionStore;
  /** How tokens are bound; `dpop` unless set. `bearer` only for servers without a browser origin. */
  readonly tokenBinding?: "dpop" | "bearer";
  /** Milliseconds: one attempt, and all attempts of a call together. 10,000 and 30,000 unless set. */
  readonly timeoutMs?: { readonly attempt?: number; readonly total?: number };
  /** Repeats after the first attempt; 2 unless set. */
  readonly retry?: { readonly maxRetries?: number };
  /** Replaces HTTP, e.g. by the mock's in-process transport. */
  readonly transport?: Transport;
  readonly logger?: Logger;
}

/** Receives operation ids, path templates, statuses and request ids; never a value, a filled URL or a secret. */
export interface Logger {
  debug(message: string, fields: Readonly<Record<string, string | number | boolean>>): void;
  warn(message: string, fields: Readonly<Record<string, string | number | boolean>>): void;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** UUID v4; made by the client unless given. The same key has one effect. */
  readonly idempotencyKey?: string;
}

export type SessionState =
  "loading" | "signed_out" | "signed_in" | "password_change_required" | "mfa_enrollment_required" | "locked";

/** Why the state changed, for a page that wants to say so. */
export type SessionReason =
  | "restored"
  | "signed_in"
  | "signed_out"
  | "other_tab"
  | "expired"
  | "locked"
  | "refresh_reused"
  | "reauthenticated";

export interface SessionView {
  /** What is known now; `loading` until the store was read. */
  readonly state: SessionState;
  /** Resolves once the store was read. */
  ready(): Promise<SessionState>;
  /** Milliseconds until the idle lock, without asking the server; null when signed out. */
  timeLeft(): number | null;
}

export interface ClientEvents {
  session: { readonly state: SessionState; readonly reason: SessionReason };
}

/** What shows the second factor. */
export type MfaAnswer =
  | { readonly method: "totp" | "sms" | "recovery_code"; readonly code: string }
  | { readonly method: "passkey"; readonly credential: PasskeyAssertion };

/** Where a sign-in stands. Statuses may be added: handle the ones you know and show a message for the rest. */
export type SignInStep =
  | { readonly status: "signed_in"; readonly lastSignInAt: string | null }
  | {
      readonly status: "mfa_required";
      readonly methods: readonly string[];
      /** Sends a code by SMS, where `methods` names it. @throws {rate_limited} */
      sendCode(options?: CallOptions): Promise<void>;
      /** For `navigator.credentials.get()`, where `methods` names passkeys. */
      passkeyOptions(options?: CallOptions): Promise<PasskeyRequest>;
      /** Six digits of the app or of the message, or a recovery code. @throws {mfa_invalid} @throws {challenge_expired} */
      verify(input: MfaAnswer, options?: CallOptions): Promise<SignInStep>;
    }
  | {
      readonly status: "password_change_required";
      setPassword(newPassword: string, options?: CallOptions): Promise<SignInStep>;
    }
  /** The institution demands a second factor and none is set up: `client.factors` does that, then the session is a full one. */
  | { readonly status: "mfa_enrollment_required" }
  | { readonly status: "unknown"; readonly serverStatus: string };

type Input<Id extends keyof Operations> = InputOf<Operations[Id]>;
type Result<Id extends keyof Operations> = ResultOf<Operations[Id]>;

export interface AuthResource {
  /** @throws {invalid_credentials} @throws {rate_limited} */
  signIn(
    input: { audience: Audience; loginId: string; password: string },
    options?: CallOptions,
  ): Promise<SignInStep>;
  /** Begins a sign-in by a passkey; `options` are for `navigator.credentials.get()`. */
  startPasskeySignIn(audience: Audience, options?: CallOptions): Promise<PasskeySignInStart>;
  /** @throws {passkey_invalid} @throws {challenge_expired} */
  signInWithPasskey(
    input: { challenge: string; credential: PasskeyAssertion },
    options?: CallOptions,
  ): Promise<SignInStep>;
  /** Goes on after a reload while the session still waits for its first own password. @throws {weak_password} */
  setInitialPassword(newPassword: string, options?: CallOptions): Promise<SignInStep>;
  /** Unlocks, and satisfies a step-up. @throws {invalid_credentials} */
  reauthenticate(password: string, options?: CallOptions): Promise<void>;
  /** Clears this origin at once, also offline; tells the server when it can. */
  signOut(options?: CallOptions & { scope?: "session" | "all" }): Promise<void>;
  requestPasswordReset(input: { audience: Audience; email: string }, options?: CallOptions): Promise<void>;
  /** @throws {token_invalid} @throws {weak_password} */
  confirmPasswordReset(input: { token: string; newPassword: string }, options?: CallOptions): Promise<void>;
}

export interface MeResource {
  get(options?: CallOptions): Promise<Me>;
  /** The own name, and a patient's birth date and sex. @throws {version_conflict} */
  update(input: Input<"updateMe">, options?: CallOptions): Promise<Me>;
  /** Ends the other sessions unless told otherwise; this one goes on. @throws {current_password_wrong} @throws {weak_password} */
  changePassword(input: Input<"changePassword">, options?: CallOptions): Promise<void>;
  /** A link goes to the new address, a notice to the one of now. @throws {step_up_required} */
  requestEmailChange(input: Input<"requestEmailChange">, options?: CallOptions): Promise<void>;
  /** Needs no session: the link may be opened anywhere. @throws {token_invalid} */
  confirmEmailChange(token: string, options?: CallOptions): Promise<void>;
  /** 退会: closes the account and signs this origin out. @throws {step_up_required} */
  withdraw(input: Input<"withdraw">, options?: CallOptions): Promise<void>;
  /** Where the person is signed in, this session first. */
  listSessions(options?: CallOptions): Promise<OwnSession[]>;
  endSession(sessionId: string, options?: CallOptions): Promise<void>;
}

/** Each change needs a fresh password (`auth.reauthenticate`), and where there is a factor a session that has shown one. */
export interface FactorsResource {
  list(options?: CallOptions): Promise<Factors>;
  /** What an authenticator app needs; shown once. */
  startTotp(options?: CallOptions): Promise<TotpSetup>;
  /** @throws {mfa_invalid} @throws {challenge_expired} */
  confirmTotp(code: string, options?: CallOptions): Promise<Factor>;
  /** Sends a code to a Japanese mobile number. @throws {rate_limited} */
  startSms(phone: string, options?: CallOptions): Promise<void>;
  /** The number replaces the former one. @throws {mfa_invalid} @throws {challenge_expired} */
  confirmSms(code: string, options?: CallOptions): Promise<Factor>;
  /** For `navigator.credentials.create()`. */
  startPasskey(options?: CallOptions): Promise<PasskeyCreation>;
  /** @throws {passkey_invalid} @throws {challenge_expired} */
  addPasskey(
    input: { label: string; credential: PasskeyRegistration },
    options?: CallOptions,
  ): Promise<Factor>;
  /** @throws {last_factor} */
  remove(factorId: string, options?: CallOptions): Promise<void>;
  /** Ten codes, shown once; the former ones are dead. */
  createRecoveryCodes(options?: CallOptions): Promise<string[]>;
}

export interface RegistrationsResource {
  /** Answers the same whether the address has an account or not. */
  request(input: Input<"requestRegistration">, options?: CallOptions): Promise<void>;
  /** Opens the account; sign in afterwards. @throws {token_invalid} @throws {weak_password} */
  confirm(input: Input<"confirmRegistration">, options?: CallOptions): Promise<void>;
}

export interface StaffResource {
  list(input?: Input<"listStaff">, options?: CallOptions): Paginated<StaffMember>;
  get(staffId: string, options?: CallOptions): Promise<StaffMember>;
  /** @throws {email_in_use} @throws {seat_limit} */
  add(input: Input<"addStaff">, options?: CallOptions): Promise<StaffMember>;
  /** @throws {last_admin} @throws {version_conflict} @throws {step_up_required} @throws {self_change_refused} */
  changeRole(input: Input<"changeStaffRole">, options?: CallOptions): Promise<StaffMember>;
  previewRoles(input: Input<"previewStaffRoles">, options?: CallOptions): Promise<RoleChangesPreview>;
  /** All or nothing. @throws {last_admin} @throws {version_conflict} @throws {step_up_required} @throws {self_change_refused} */
  changeRoles(input: Input<"changeStaffRoles">, options?: CallOptions): Promise<Result<"changeStaffRoles">>;
  /** Name and occupation. @throws {version_conflict} */
  update(input: Input<"updateStaff">, options?: CallOptions): Promise<StaffMember>;
  /** @throws {last_admin} @throws {version_conflict} @throws {step_up_required} @throws {self_change_refused} */
  remove(input: Input<"removeStaff">, options?: CallOptions): Promise<void>;
  /** @throws {last_admin} @throws {version_conflict} @throws {self_change_refused} @throws {wrong_status} */
  suspend(input: Input<"suspendStaff">, options?: CallOptions): Promise<StaffMember>;
  /** @throws {version_conflict} @throws {wrong_status} */
  resume(input: Input<"resumeStaff">, options?: CallOptions): Promise<StaffMember>;
  /** The former initial password or link is dead; the role stays. @throws {wrong_status} @throws {rate_limited} */
  resendInvitation(input: Input<"resendInvitation">, options?: CallOptions): Promise<StaffMember>;
  /** After a lost device. @throws {step_up_required} @throws {self_change_refused} */
  resetFactors(input: Input<"resetStaffFactors">, options?: CallOptions): Promise<void>;
  /** Sends a reset mail to the member. @throws {wrong_status} */
  startPasswordReset(staffId: string, options?: CallOptions): Promise<void>;
  /** Signs the member out on all devices, and says how many sessions ended. */
  endSessions(staffId: string, options?: CallOptions): Promise<Result<"endStaffSessions">>;
}

export interface InvitationsResource {
  /** Sets the first password with the token of the link. @throws {token_invalid} @throws {weak_password} */
  confirm(input: Input<"confirmInvitation">, options?: CallOptions): Promise<void>;
}

export interface GroupsResource {
  list(input?: Input<"listGroups">, options?: CallOptions): Paginated<PatientGroup>;
  get(groupId: string, options?: CallOptions): Promise<PatientGroup>;
  /** @throws {duplicate_name} @throws {limit_reached} */
  create(input: Input<"createGroup">, options?: CallOptions): Promise<PatientGroup>;
  /** Renames it or moves it. @throws {duplicate_name} @throws {version_conflict} */
  update(input: Input<"updateGroup">, options?: CallOptions): Promise<PatientGroup>;
  /** Its patients stay. @throws {version_conflict} @throws {step_up_required} */
  delete(input: Input<"deleteGroup">, options?: CallOptions): Promise<void>;
  /** Up to 200 patients, all or nothing. @throws {not_linked} */
  changeMembers(
    input: Input<"changeGroupMembers">,
    options?: CallOptions,
  ): Promise<Result<"changeGroupMembers">>;
}

export interface CategoriesResource {
  list(input?: Input<"listCategories">, options?: CallOptions): Paginated<GroupCategory>;
  /** @throws {duplicate_name} @throws {limit_reached} */
  create(input: Input<"createCategory">, options?: CallOptions): Promise<GroupCategory>;
  /** Renames it. @throws {duplicate_name} @throws {version_conflict} */
  update(input: Input<"updateCategory">, options?: CallOptions): Promise<GroupCategory>;
  /** Its groups stay, without a category. @throws {version_conflict} @throws {step_up_required} */
  delete(input: Input<"deleteCategory">, options?: CallOptions): Promise<void>;
  /** Every category, in the order that they shall have. @throws {version_conflict} when one came or went meanwhile */
  order(
    categoryIds: Input<"orderCategories">["categoryIds"],
    options?: CallOptions,
  ): Promise<Result<"orderCategories">>;
}

export interface PatientsResource {
  search(
    input?: Input<"searchPatients">,
    options?: CallOptions,
  ): Paginated<PatientRow, Result<"searchPatients">>;
  get(patientId: string, options?: CallOptions): Promise<PatientDetail>;
  getGroups(patientId: string, options?: CallOptions): Promise<PatientGroups>;
  /** @throws {version_conflict} @throws {not_linked} */
  putGroups(input: Input<"putPatientGroups">, options?: CallOptions): Promise<PatientGroups>;
}

export interface IncidentsResource {
  list(input?: Input<"listIncidents">, options?: CallOptions): Paginated<Incident>;
}

export interface NoticesResource {
  list(input?: Input<"listNotices">, options?: CallOptions): Paginated<Notice>;
  acknowledge(noticeId: string, options?: CallOptions): Promise<Notice>;
}

export interface AuditResource {
  /** Newest first. @throws {range_too_wide} */
  search(input?: Input<"searchAuditEvents">, options?: CallOptions): Paginated<AuditEvent>;
  /** The same events as one CSV text, to be saved as it is. @throws {range_too_wide} @throws {step_up_required} */
  export(input?: Input<"exportAuditEvents">, options?: CallOptions): Promise<string>;
}

export interface InstitutionResource {
  get(options?: CallOptions): Promise<Institution>;
  /** What is left out stays as it is. @throws {version_conflict} @throws {step_up_required} */
  updateSettings(input: Input<"updateInstitutionSettings">, options?: CallOptions): Promise<Institution>;
}

export interface WelbyClient {
  readonly auth: AuthResource;
  readonly me: MeResource;
  readonly registrations: RegistrationsResource;
  readonly factors: FactorsResource;
  readonly staff: StaffResource;
  readonly invitations: InvitationsResource;
  readonly groups: GroupsResource;
  readonly categories: CategoriesResource;
  readonly patients: PatientsResource;
  readonly institution: InstitutionResource;
  readonly audit: AuditResource;
  readonly notices: NoticesResource;
  readonly incidents: IncidentsResource;
  readonly meta: {
    get(options?: CallOptions): Promise<Meta>;
    passwordPolicy(options?: CallOptions): Promise<PasswordPolicy>;
    promises(options?: CallOptions): Promise<Promises>;
  };
  readonly session: SessionView;
  readonly locale: Locale;
  /** Returns the function that ends the subscription. */
  on<E extends keyof ClientEvents>(event: E, listener: (detail: ClientEvents[E]) => void): () => void;
  /** Loads the transport before the first call needs it. */
  preload(): Promise<void>;
  /** Ends timers, channels and calls under way. */
  dispose(): void;
}

export type { ErrorCode };
