import { createBackend, createStoredKeys, type Backend } from "@welby/backend";
import { webRandom, type Store } from "@welby/backend/ports";
import { seedDemo } from "@welby/backend/seed";
import { createMemoryStore } from "@welby/backend/stores/memory";
import { createMockClock, type MockClock } from "./clock.ts";
import { fastHasher } from "./fast-hasher.ts";
import { createFaults, type Faults } from "./faults/faults.ts";
import { operationOf } from "./operation-of.ts";
import { createOutbox, type Outbox, type SentMail } from "./outbox.ts";
import { asPage } from "./page-rules.ts";
import { SeenRequest } from "./seen-request.ts";
import { scenarios, type Scenario, type ScenarioName } from "./scenarios/index.ts";

/** Equal to package.json; a test watches over it. */
const VERSION = "0.1.0";

export interface MockOptions {
  /** Where clients expect the API; `https://api.example.jp` unless set. Nothing is ever sent there. */
  readonly baseUrl?: string;
  /**
   * Origins of the pages that may call, as a real service keeps them per client.
   * The page's own origin unless set, or `http://localhost:8080` outside of a page.
   */
  readonly allowedOrigins?: readonly string[];
  /** What it starts with; `demo` unless set. */
  readonly scenario?: ScenarioName | Scenario;
  /** Where its time stands still from the beginning; the real time unless set. */
  readonly frozenAt?: Date;
  /** Receives warnings and errors of the service; `console` unless set. */
  readonly log?: (
    level: "warn" | "error",
    message: string,
    fields: Readonly<Record<string, unknown>>,
  ) => void;
}

/** The Welby API in memory. */
export interface Mock {
  readonly baseUrl: string;
  /** Of the page that in-process calls come from: the first allowed origin. */
  readonly origin: string;
  /** Answers one request; with `origin` as a browser would show it to a page there. */
  fetch(request: Request, options?: { readonly origin?: string }): Promise<Response>;
  /** What it sent by mail. */
  readonly outbox: Outbox;
  readonly clock: MockClock;
  readonly faults: Faults;
  /** Adds a scenario to what is there: its data changes and its faults. */
  use(scenario: ScenarioName | Scenario): Promise<void>;
  /** Back to the beginning, or to another scenario: new data, no sessions, no faults, the time of the beginning. */
  reset(scenario?: ScenarioName | Scenario): Promise<void>;
  /** The rows, for a test that has to look or to prepare. Replaced by `reset`. */
  readonly store: Store;
  /** The service behind it. Replaced by `reset`. */
  readonly backend: Backend;
}

interface Service {
  readonly store: Store;
  readonly backend: Backend;
  readonly mails: SentMail[];
  readonly core: Answer;
  /** The same as pages see it, by origin. */
  readonly pages: Map<string, Answer>;
}

type Answer = (request: Request) => Promise<Response>;

/**
 * Makes a mock of the Welby API: the service's own core over memory, with the Japanese demo data.
 * Each mock is a world of its own. It is ready at once; the first call waits for the data.
 * @example
 * const mock = createMock();
 * const client = createClient({ baseUrl: mock.baseUrl, clientId: "demo-portal", store: "memory", transport: mockTransport(mock) });
 * await signInAs(client, "admin");
 */
export function createMock(options: MockOptions = {}): Mock {
  const baseUrl = (options.baseUrl ?? "https://api.example.jp").replace(/\/+$/, "");
  const basePath = new URL(baseUrl).pathname.replace(/\/$/, "");
  const allowedOrigins = options.allowedOrigins ?? [pageOrigin()];
  const initial = options.scenario ?? "demo";
  const log = options.log ?? logToConsole;
  const clock = createMockClock(options.frozenAt);
  const faults = createFaults();
  let service = createService();
  let ready = begin(initial);
  // Whoever calls next gets to see why it failed.
  ready.catch(() => undefined);

  function createService(): Service {
    const store = createMemoryStore();
    const mails: SentMail[] = [];
    const ports = {
      store,
      clock,
      random: webRandom,
      hasher: fastHasher,
      mailer: { send: async (mail: SentMail) => void mails.push(mail) },
      sms: { send: async (sms: Omit<SentMail, "subject">) => void mails.push({ ...sms, subject: "" }) },
      webhooks: { send: async () => ({ status: 204 }) },
      keys: createStoredKeys(store, clock, webRandom),
    };
    const backend = createBackend(ports, {
      baseUrls: [baseUrl],
      environment: "mock",
      dataLocation: null,
      version: VERSION,
      issuer: baseUrl,
      log: (level, message, fields) => (level === "info" ? undefined : log(level, message, fields)),
    });
    // From an address, as over HTTP: what is counted per address is counted here too.
    const core = async (request: Request) => backend.fetch(await belowBase(request), { ip: "127.0.0.1" });
    return { store, backend, mails, core, pages: new Map() };
  }

  async function begin(scenario: ScenarioName | Scenario): Promise<void> {
    await seedDemo(service.store, { clock, hasher: fastHasher, portalOrigins: allowedOrigins });
    await add(scenario);
  }

  async function add(scenario: ScenarioName | Scenario): Promise<void> {
    const added: Scenario = typeof scenario === "string" ? scenarios[scenario] : scenario;
    await added.prepare?.({ store: service.store, clock, hasher: fastHasher });
    added.faults?.(faults);
  }

  /** The service knows its operations by their paths below the base URL. */
  async function belowBase(request: Request): Promise<SeenRequest> {
    const seen = await SeenRequest.read(request);
    const { origin, pathname, search } = new URL(seen.url);
    return seen.with({ url: origin + (pathname.slice(basePath.length) || "/") + search });
  }

  const mock: Mock = {
    baseUrl,
    origin: allowedOrigins[0] ?? "null",
    clock,
    faults,
    outbox: createOutbox(async () => {
      await ready;
      await service.backend.deliverOutbox();
      return service.mails;
    }),
    async fetch(request, { origin } = {}) {
      await ready;
      const { core, pages, store } = service;
      const answer = origin === undefined ? core : (pages.get(origin) ?? asPage(core, origin));
      if (origin !== undefined) pages.set(origin, answer);
      const path = new URL(request.url).pathname.slice(basePath.length);
      const operation = operationOf(request.method, path);
      return faults.answer(request, operation, { store, clock }, () => answer(request));
    },
    async use(scenario) {
      await ready;
      await add(scenario);
    },
    async reset(scenario = initial) {
      faults.clear();
      clock.reset();
      service = createService();
      await (ready = begin(scenario));
    },
    get store() {
      return service.store;
    },
    get backend() {
      return service.backend;
    },
  };
  return mock;
}

const logToConsole: NonNullable<MockOptions["log"]> = (level, message, fields) => {
  if (level === "warn") console.warn(`[mock] ${message}`, fields);
  else console.error(`[mock] ${message}`, fields);
};

function pageOrigin(): string {
  const origin: unknown = (globalThis as { location?: { origin?: unknown } }).location?.origin;
  return typeof origin === "string" && origin.startsWith("http") ? origin : "http://localhost:8080";
}
