import { defaultEnvironment, type Environment } from "./environment.ts";
import { createError } from "./errors/create-error.ts";
import type { Settings } from "./options.ts";
import { createAuthorize } from "./pipeline/authorize.ts";
import { Interruption } from "./pipeline/interruption.ts";
import { createSend } from "./pipeline/send.ts";
import type { Caller, ResourceFile } from "./resources/call.ts";
import { createServerClock } from "./session/clock-offset.ts";
import { createMarker } from "./session/marker.ts";
import { createSession, type Session } from "./session/session.ts";
import { createSignIn, type SignIn } from "./session/sign-in.ts";
import { memoryStore } from "./stores/memory.ts";
import { originStore } from "./stores/origin.ts";
import { resilient } from "./stores/resilient.ts";
import type { Transport } from "./transport/transport.ts";
import type { ClientEvents, Logger } from "./types.ts";

/** Everything of a client that a page can wait for: session, proofs and pipeline. */
export interface Engine {
  readonly auth: SignIn;
  readonly session: Session;
  /** Loads the file of a resource. */
  resource<L>(file: () => Promise<ResourceFile<L>>): Promise<L>;
  preload(): Promise<void>;
  dispose(): void;
}

const loadAuth = () => import("@welby/contract/operations/auth");
const loadSecondFactor = () => import("./resources/second-factor.ts");

/** Wires the parts of one client. Nothing is shared between two clients but the modules. */
export function createEngine(
  options: Settings,
  given: Partial<Environment>,
  emit: (detail: ClientEvents["session"]) => void,
): Engine {
  const environment: Environment = { ...defaultEnvironment(), ...given };
  const logger = options.logger && quiet(options.logger);
  const settings: Settings = { ...options, logger };
  const { tokenBinding, locale } = settings;
  const scope = `${settings.clientId}@${settings.baseUrl}`;
  const disposed = new AbortController();
  const fail = (code: string, operation?: string) =>
    createError({ code, ...(operation !== undefined && { operation }) }, locale);
  const warn = (message: string, code: string) => logger?.warn(message, { code });

  const isMemory = settings.store === "memory" || (settings.store === "origin" && !environment.indexedDB);
  const origin =
    settings.store === "origin" && environment.indexedDB
      ? originStore(environment.indexedDB, scope, environment)
      : undefined;
  const chosen = origin ?? (typeof settings.store === "object" ? settings.store : memoryStore());
  const store = isMemory
    ? chosen
    : resilient(chosen, environment, () => warn("the session store failed; going on in memory", "storage"));

  const clock = createServerClock(environment);
  let loadingTransport: Promise<Transport> | undefined;
  const transport = () =>
    settings.transport
      ? Promise.resolve(settings.transport)
      : (loadingTransport ??= import("./transport/axios.ts").then(
          ({ axiosTransport }) => axiosTransport(),
          (error: unknown) => {
            loadingTransport = undefined;
            throw error;
          },
        ));

  const loaded = new Map<unknown, unknown>();
  /** Loads a file of the client once; one that does not come is a connection that failed. */
  const load = async <M>(module: () => Promise<M>, operation?: string): Promise<M> => {
    try {
      if (!loaded.has(module)) loaded.set(module, await module());
      return loaded.get(module) as M;
    } catch {
      throw await fail("connection_failed", operation);
    }
  };

  const session = createSession({
    // A store of this page alone has nobody to talk to.
    environment: isMemory ? { ...environment, locks: undefined, openChannel: undefined } : environment,
    clock,
    store,
    marker: origin && createMarker(environment, scope),
    scope,
    tokenBinding,
    post: async (id, input, options) => send((await load(loadAuth, id))[id], input, options),
    fail,
    emit,
    warn,
  });

  const send = createSend({
    settings,
    environment,
    clock,
    authorize: createAuthorize(settings, environment, clock, () => store.keyPair()),
    transport,
    tokens: session,
    disposed: disposed.signal,
  });

  const auth = createSignIn({
    send: async (id, input, options) => send((await load(loadAuth, id))[id], input, options),
    secondFactor: () => resource(loadSecondFactor),
    session,
    tokenBinding,
    fail,
  });

  const caller: Caller = {
    call: (operation, input, options) => send(operation, input, options) as never,
    pages: (operation, input, options) => ({
      // A start by kana row names the first page only.
      fetch: (cursor) =>
        send(
          operation,
          { ...input, ...(cursor !== undefined && { cursor, startAt: undefined }) },
          options,
        ) as never,
      repeated: () => fail("protocol_error", operation.id),
    }),
    step: (answer) => auth.step(answer),
    enrolled: () => session.enrolled(),
    signOut: () => auth.signOut(),
  };
  const resource: Engine["resource"] = async (file) => (await load(file)).resource(caller);

  return {
    session,
    auth,
    resource,
    async preload() {
      await Promise.allSettled([transport(), loadAuth(), session.ready()]);
    },
    dispose() {
      disposed.abort(new Interruption("client_disposed"));
      session.dispose();
      origin?.close();
    },
  };
}

/** A logger whose own failure is not the call's. */
function quiet(logger: Logger): Logger {
  const attempt = (level: keyof Logger, ...entry: Parameters<Logger["debug"]>) => {
    try {
      logger[level](...entry);
    } catch {
      // Nobody is left to tell.
    }
  };
  return { debug: (...entry) => attempt("debug", ...entry), warn: (...entry) => attempt("warn", ...entry) };
}
