import type { ClientEvents, SessionReason, SessionState, WelbyClient } from "@welby/sdk";
import type { PasswordPolicy } from "@welby/contract/schemas";

type Listener = (detail: ClientEvents["session"]) => void;
type Parts = { readonly [Part in keyof WelbyClient]?: Partial<WelbyClient[Part]> };

/** What of a client calls the API. */
type Resource = Exclude<keyof WelbyClient, "session" | "locale" | "on" | "preload" | "dispose">;

/** The demo hospital's rules. */
export const policy: PasswordPolicy = {
  preset: "default",
  minLength: 15,
  maxLength: 256,
  mixed: false,
  forbiddenWords: ["welby", "みなと青空"],
};

/** A call that a test did not expect fails it. */
const unexpected = (name: string) => () => {
  throw new Error(`The test did not expect a call of ${name}.`);
};

export interface StubClient extends WelbyClient {
  /** Names and arguments (without options) of the calls so far. */
  readonly calls: readonly (readonly [name: string, input: unknown])[];
  /** Changes the session as another tab or the server would. */
  emit(state: SessionState, reason: SessionReason): void;
  readonly listeners: number;
}

/**
 * A client whose calls are what the test says. Everything else throws, so that no element can pass by calling more.
 * @example stubClient({ auth: { signIn: async () => ({ status: "signed_in", lastSignInAt: null }) } })
 */
export function stubClient(parts: Parts = {}, state: SessionState = "signed_out"): StubClient {
  const calls: [string, unknown][] = [];
  const listeners = new Set<Listener>();
  let current = state;

  const resource = <Name extends Resource>(
    name: Name,
    defaults: Partial<WelbyClient[Name]> = {},
  ): WelbyClient[Name] => {
    const methods: Record<string, unknown> = { ...defaults, ...parts[name] };
    return new Proxy({} as WelbyClient[Name], {
      get: (_target, method) => {
        const id = `${name}.${String(method)}`;
        const work = (methods[String(method)] ?? unexpected(id)) as (...values: unknown[]) => unknown;
        return (...values: unknown[]) => {
          calls.push([id, values[0]]);
          return work(...values);
        };
      },
    });
  };

  return {
    calls,
    get listeners() {
      return listeners.size;
    },
    emit: (next, reason) => {
      current = next;
      for (const listener of listeners) listener({ state: next, reason });
    },
    auth: resource("auth"),
    me: resource("me"),
    registrations: resource("registrations"),
    factors: resource("factors"),
    staff: resource("staff"),
    invitations: resource("invitations"),
    groups: resource("groups"),
    categories: resource("categories"),
    patients: resource("patients"),
    institution: resource("institution"),
    audit: resource("audit"),
    notices: resource("notices"),
    incidents: resource("incidents"),
    meta: resource("meta", { passwordPolicy: async () => policy }),
    session: {
      get state() {
        return current;
      },
      ready: async () => current,
      timeLeft: () => null,
      ...parts.session,
    },
    locale: "ja",
    on: (_event, listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    preload: async () => {
      calls.push(["preload", undefined]);
    },
    dispose: () => undefined,
  } satisfies StubClient;
}

/** What the SDK throws, by shape. */
export function failure(code: string, fields: Readonly<Record<string, unknown>> = {}): Error {
  return Object.assign(new Error(code), { code, retryable: false, ...fields });
}

/** A promise and the ways to settle it, for answers that come when the test says. */
export function deferred<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<Value>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  return { promise, resolve, reject };
}
