import type { Engine } from "./engine.ts";
import type { Environment } from "./environment.ts";
import { WelbyError } from "./errors/welby-error.ts";
import { checkOptions } from "./options.ts";
import { createResources } from "./resources.ts";
import type { SignIn } from "./session/sign-in.ts";
import type { ClientEvents, ClientOptions, SessionState, WelbyClient } from "./types.ts";

/**
 * Makes a client. It checks its options and does nothing else: session, proofs and transport are loaded by the first
 * call, by `session.ready()`, by `on()` or by `preload()`, so a login form is there before them.
 * @throws {invalid_configuration}
 * @example
 * const client = createClient({ baseUrl: "https://api.example.jp", clientId: "demo-portal" });
 * const step = await client.auth.signIn({ audience: "staff", loginId: "suzuki@minato.example.jp", password });
 * if (step.status === "signed_in") showPortal(await client.me.get());
 */
export function createClient(options: ClientOptions): WelbyClient {
  return createClientIn({}, options);
}

/** `createClient` in an environment of the caller's, for tests. @internal */
export function createClientIn(environment: Partial<Environment>, options: ClientOptions): WelbyClient {
  const settings = checkOptions(options);
  const listeners = new Set<{ readonly listener: (detail: ClientEvents["session"]) => void }>();
  let loading: Promise<Engine> | undefined;
  let engine: Engine | undefined;
  let disposed = false;

  const load = () =>
    (loading ??= import("./engine.ts").then(
      ({ createEngine }) => {
        engine = createEngine(settings, environment, emit);
        if (disposed) engine.dispose();
        return engine;
      },
      () => {
        // Not kept: the next call tries again. The catalogue is in the file that did not come.
        loading = undefined;
        throw new WelbyError(
          settings.locale === "ja"
            ? "通信できませんでした。ネットワークの接続をご確認ください。"
            : "The connection failed. Check your network.",
          { code: "connection_failed", retryable: true },
        );
      },
    ));

  function emit(detail: ClientEvents["session"]): void {
    for (const { listener } of [...listeners]) {
      try {
        listener(detail);
      } catch (error) {
        // The page's mistake: reported as such, and no reason to leave a session half changed.
        (environment.reportError ?? globalThis.reportError)?.(error);
      }
    }
  }

  /** A method of the sign-in, once the engine is here. */
  const auth = <K extends keyof SignIn>(name: K) =>
    (async (...input: unknown[]) =>
      ((await load()).auth[name] as (...input: unknown[]) => Promise<unknown>)(...input)) as SignIn[K];
  const { auth: otherWays, ...resources } = createResources(load);

  return Object.freeze<WelbyClient>({
    auth: {
      signIn: auth("signIn"),
      setInitialPassword: auth("setInitialPassword"),
      reauthenticate: auth("reauthenticate"),
      signOut: auth("signOut"),
      ...otherWays,
    },
    ...resources,
    session: {
      get state(): SessionState {
        return engine?.session.state() ?? "loading";
      },
      ready: () =>
        load().then(
          ({ session }) => session.ready(),
          () => "loading" as const,
        ),
      timeLeft: () => engine?.session.timeLeft() ?? null,
    },
    locale: settings.locale,
    on(_event, listener) {
      const entry = { listener };
      listeners.add(entry);
      // Later, so that a page that subscribes while it builds its form is not slowed down.
      setTimeout(
        () =>
          disposed ||
          load()
            .then(({ session }) => session.ready())
            .catch(() => {}),
      );
      return () => void listeners.delete(entry);
    },
    preload: () =>
      load().then(
        (loaded) => loaded.preload(),
        () => {},
      ),
    dispose() {
      disposed = true;
      listeners.clear();
      engine?.dispose();
    },
  });
}
