import { createBackend, createStoredKeys, type Backend, type BackendOptions } from "../../src/index.ts";
import { webRandom, type Hasher, type Ports, type Store } from "../../src/ports/index.ts";
import { seedDemo } from "../../src/seed/index.ts";
import { createMemoryStore } from "../../src/stores/memory/index.ts";
import {
  createTestClient,
  TEST_BASE_URL,
  type TestClient,
  type TestClientOptions,
} from "../../src/testing/test-client.ts";

export const PORTAL = "https://portal.example.jp";

export interface SentMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A seeded backend in memory whose time, mail and log a test holds in its hands. */
export interface World {
  readonly backend: Backend;
  readonly store: Store;
  readonly ports: Ports;
  readonly mails: SentMail[];
  readonly log: LogLine[];
  readonly hasher: CountingHasher;
  now(): Date;
  advance(ms: number): void;
  client(options?: Partial<TestClientOptions>): Promise<TestClient>;
  signedIn(loginId?: string, options?: Partial<TestClientOptions>): Promise<TestClient>;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export async function createWorld(
  overrides: { ports?: Partial<Ports>; options?: Partial<BackendOptions> } = {},
): Promise<World> {
  let nowMs = Date.parse("2026-11-23T09:00:00+09:00");
  const clock = { now: () => new Date(nowMs) };
  const store = overrides.ports?.store ?? createMemoryStore();
  const mails: SentMail[] = [];
  const log: LogLine[] = [];
  const hasher = countingHasher();
  const ports: Ports = {
    store,
    clock,
    random: webRandom,
    hasher,
    mailer: { send: async (mail) => void mails.push(mail) },
    sms: { send: async () => undefined },
    webhooks: { send: async () => ({ status: 204 }) },
    keys: createStoredKeys(store, clock, webRandom),
    ...overrides.ports,
  };
  await seedDemo(store, { clock, hasher, portalOrigins: [PORTAL] });
  const backend = createBackend(ports, {
    baseUrls: [TEST_BASE_URL],
    environment: "mock",
    dataLocation: null,
    version: "0.1.0",
    issuer: TEST_BASE_URL,
    log: (level, message, fields) => void log.push({ level, message, fields }),
    ...overrides.options,
  });
  const client = (options: Partial<TestClientOptions> = {}) =>
    createTestClient({ fetch: backend.fetch, now: clock.now, ...options });
  return {
    backend,
    store,
    ports,
    mails,
    log,
    hasher,
    now: clock.now,
    advance: (ms) => void (nowMs += ms),
    client,
    async signedIn(loginId = "suzuki@minato.example.jp", options = {}) {
      const made = await client(options);
      const answer = await made.signIn(loginId);
      if (answer.status !== 200) throw new Error(`Sign-in failed: ${JSON.stringify(answer.body)}`);
      return made;
    },
  };
}

export interface CountingHasher extends Hasher {
  verified: number;
  /** Hashes with another prefix count as weak. */
  strength: number;
}

/** Protects nothing, but takes a turn of the event loop as a real one does. */
function countingHasher(): CountingHasher {
  const digest = async (password: string) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(password));
    return Buffer.from(bytes).toString("base64url");
  };
  const hasher: CountingHasher = {
    verified: 0,
    strength: 1,
    hash: async (password) => `$test$${hasher.strength}$${await digest(password)}`,
    async verify(hash, password) {
      hasher.verified++;
      return hash.split("$").at(-1) === (await digest(password));
    },
    needsRehash: (hash) => hash.split("$")[2] !== String(hasher.strength),
  };
  return hasher;
}
