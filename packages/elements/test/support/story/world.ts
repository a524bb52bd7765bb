import { createMock, people, signInAs, type Mock, type PersonName, type ScenarioName } from "@welby/mock";
import { mockTransport } from "@welby/mock/transport";
import { createClient, type WelbyClient } from "@welby/sdk";

/** A hospital of its own for one story: the service in memory and a client of the SDK on it. */
export interface World {
  readonly mock: Mock;
  readonly client: WelbyClient;
}

export interface WorldOptions {
  /** Who is signed in before the story begins; nobody unless set. */
  readonly as?: PersonName;
  /** Whose portal it is; of `as` unless set, else みなと. */
  readonly clientId?: string;
  readonly scenario?: ScenarioName;
}

/** Calls wait for ever rather than time out: a story may stand in its loading state. */
const PATIENT = { attempt: 1e8, total: 1e8 };

/** A client of the same service, as another person at another desk. */
export async function deskOf(mock: Mock, as?: PersonName, clientId?: string): Promise<WelbyClient> {
  const client = createClient({
    baseUrl: mock.baseUrl,
    clientId: clientId ?? (as ? people[as].clientId : "demo-portal"),
    store: "memory",
    transport: mockTransport(mock),
    timeoutMs: PATIENT,
    retry: { maxRetries: 0 },
  });
  if (as) await signInAs(client, as, () => mock.clock.now());
  return client;
}

export async function createWorld({ as, clientId, scenario }: WorldOptions = {}): Promise<World> {
  const mock = createMock({ log: () => undefined, ...(scenario && { scenario }) });
  return { mock, client: await deskOf(mock, as, clientId) };
}
