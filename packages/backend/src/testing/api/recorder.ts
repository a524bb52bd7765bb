import type { OperationId } from "@welby/contract";
import {
  createTestClient,
  type RequestOptions,
  type SendOptions,
  type TestAnswer,
  type TestClient,
  type TestClientOptions,
} from "../test-client.ts";
import { createPlaceholders } from "./placeholders.ts";
import { SUITE_BEGINS, type ApiTarget } from "./target.ts";
import type { TranscriptEntry } from "./transcript.ts";

type Input = Readonly<Record<string, unknown>>;

/** The fields that later calls of the script go on with. */
export interface Answer {
  readonly status: number;
  readonly body: {
    readonly id: string;
    readonly version: number;
    readonly nextCursor: string;
    readonly challenge: string;
    readonly items: readonly { readonly id: string }[];
  };
}

/** A device whose calls are written down. */
export interface Device {
  /** For calls that prepare something and are not written down. */
  readonly client: TestClient;
  /** An operation of the contract. @param expected by hand: `201` or `409 duplicate_name` */
  call(
    what: string,
    expected: string,
    id: OperationId,
    input?: Input,
    options?: SendOptions,
  ): Promise<Answer>;
  /** Any request. */
  raw(
    what: string,
    expected: string,
    method: string,
    path: string,
    options?: RequestOptions,
  ): Promise<Answer>;
}

type DeviceOptions = Partial<Pick<TestClientOptions, "clientId" | "binding" | "keyPair" | "origin">>;

/** What a part of the script works with. */
export interface Recorder {
  readonly target: ApiTarget;
  readonly entries: TranscriptEntry[];
  now(): Date;
  advance(ms: number): Promise<void>;
  /** Names the calls that follow. */
  section(name: string): void;
  /** A browser page on the portal's origin. */
  page(options?: DeviceOptions): Promise<Device>;
  /** A caller without a browser's rules; null where the suite runs inside a page. */
  machine(options?: DeviceOptions): Promise<Device | null>;
  /** A signed-in page. */
  signedIn(loginId: string, clientId?: string, audience?: "staff" | "patient"): Promise<Device>;
}

const NO_ANSWER: TestAnswer = { status: 0, headers: new Headers(), body: null };

export function createRecorder(target: ApiTarget): Recorder {
  const entries: TranscriptEntry[] = [];
  const placeholders = createPlaceholders(target.baseUrl, target.origin);
  let section = "";
  let nowMs = SUITE_BEGINS.getTime();

  async function record(name: string, expected: string, machine: boolean, send: () => Promise<TestAnswer>) {
    // A browser says no more than that nothing came.
    const answer = await send().catch((error: unknown) => {
      if (error instanceof Error) return { ...NO_ANSWER, error };
      throw error;
    });
    const { status, headers } = answer;
    const body = answer.body as unknown;
    const code = (body as { code?: unknown } | null)?.code;
    const outcome =
      status === 0 ? "no answer" : typeof code === "string" ? `${status} ${code}` : String(status);
    entries.push({
      name: `${section} · ${name}`,
      caller: machine ? "machine" : "page",
      expected,
      outcome,
      headers: placeholders.inHeaders(headers, machine),
      // Why a browser refused is worth reading where a refusal was not expected.
      body: "error" in answer && expected !== "no answer" ? String(answer.error) : placeholders.inBody(body),
    });
    return answer as Answer;
  }

  async function device(options: TestClientOptions, machine: boolean): Promise<Device> {
    const client = await createTestClient({
      ...options,
      baseUrl: target.baseUrl,
      now: () => new Date(nowMs),
    });
    return {
      client,
      call: (what, expected, id, input, send) =>
        record(`${id}: ${what}`, expected, machine, () => client.send(id, input, send)),
      raw: (what, expected, method, path, send) =>
        record(what, expected, machine, () => client.request(method, path, send)),
    };
  }

  const recorder: Recorder = {
    target,
    entries,
    now: () => new Date(nowMs),
    async advance(ms) {
      nowMs += ms;
      await target.advance(ms);
    },
    section(name) {
      section = name;
    },
    page: (options = {}) => device({ ...options, fetch: target.fetch }, false),
    machine: async (options = {}) =>
      target.machineFetch && device({ ...options, fetch: target.machineFetch }, true),
    async signedIn(loginId, clientId = "demo-portal", audience = "staff") {
      const made = await recorder.page({ clientId });
      const answer = await made.client.signIn(loginId, undefined, audience);
      if (answer.status !== 200)
        throw new Error(`${loginId} could not sign in: ${JSON.stringify(answer.body)}`);
      return made;
    },
  };
  return recorder;
}
