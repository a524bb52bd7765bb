/** The public face of the client, by name. Types only: importing this file costs a page nothing. */
import type { ErrorCode, InputOf, Locale, Operations, ResultOf } from "@welby/contract";
import type {
  Audience,
  Me,
  Meta,
  PasswordPolicy,
  PatientGroup,
  PatientGroups,
  PatientRow,
  GroupCategory,
  RoleChangesPreview,
  StaffMember,
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

export type SessionState = "loading" | "signed_out" | "signed_in" | "password_change_required" | "locked";

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

/** Where a sign-in stands. Statuses may be added: handle the ones you know and show a message for the rest. */
export type SignInStep =
  | { readonly status: "signed_in"; readonly lastSignInAt: string | null }
  | {
      readonly status: "mfa_required";
      readonly methods: readonly string[];
      verify(input: { method: "totp"; code: string }, options?: CallOptions): Promise<SignInStep>;
    }
  | {
      readonly status: "password_change_required";
      setPassword(newPassword: string, options?: CallOptions): Promise<SignInStep>;
    }
  | { readonly status: "unknown"; readonly serverStatus: string };

type Input<Id extends keyof Operations> = InputOf<Operations[Id]>;
type Result<Id extends keyof Operations> = ResultOf<Operations[Id]>;

export interface AuthResource {
  /** @throws {invalid_credentials} @throws {rate_limited} */
  signIn(
    input: { audience: Audience; loginId: string; password: string },
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
}

export interface GroupsResource {
  list(input?: Input<"listGroups">, options?: CallOptions): Paginated<PatientGroup>;
  /** @throws {duplicate_name} @throws {limit_reached} */
  create(input: Input<"createGroup">, options?: CallOptions): Promise<PatientGroup>;
  /** Up to 200 patients, all or nothing. @throws {not_linked} */
  changeMembers(
    input: Input<"changeGroupMembers">,
    options?: CallOptions,
  ): Promise<Result<"changeGroupMembers">>;
}

export interface CategoriesResource {
  list(input?: Input<"listCategories">, options?: CallOptions): Paginated<GroupCategory>;
}

export interface PatientsResource {
  search(
    input?: Input<"searchPatients">,
    options?: CallOptions,
  ): Paginated<PatientRow, Result<"searchPatients">>;
  getGroups(patientId: string, options?: CallOptions): Promise<PatientGroups>;
  /** @throws {version_conflict} @throws {not_linked} */
  putGroups(input: Input<"putPatientGroups">, options?: CallOptions): Promise<PatientGroups>;
}

export interface WelbyClient {
  readonly auth: AuthResource;
  readonly me: { get(options?: CallOptions): Promise<Me> };
  readonly staff: StaffResource;
  readonly groups: GroupsResource;
  readonly categories: CategoriesResource;
  readonly patients: PatientsResource;
  readonly meta: {
    get(options?: CallOptions): Promise<Meta>;
    passwordPolicy(options?: CallOptions): Promise<PasswordPolicy>;
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
