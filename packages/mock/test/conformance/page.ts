/* Runs inside a page: the suite against the mock behind a service worker, or against a sandbox on another origin. */
import {
  runApiConformance,
  SUITE_BEGINS,
  type ApiConformancePart,
  type ApiTarget,
} from "@welby/backend/testing";
import { createMock } from "@welby/mock";
import { startMockWorker } from "@welby/mock/browser";

const parameters = new URLSearchParams(location.search);

/** Asks the test outside, at the page's own origin. */
async function ask(what: string, body: unknown): Promise<unknown> {
  const response = await fetch(`/control/${what}`, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** No machine calls: a page cannot send what they send. */
const inPage = { fetch: (request: Request) => fetch(request), machineFetch: null, origin: location.origin };

/** Way 3: the mock in a browser. */
async function mockInPage(): Promise<ApiTarget> {
  const mock = createMock({ frozenAt: SUITE_BEGINS, log: () => undefined });
  await startMockWorker(mock);
  return {
    ...inPage,
    baseUrl: mock.baseUrl,
    advance: async (ms) => mock.clock.advance(ms),
    mails: async (to) => (await mock.outbox.mails(to)).map(({ text }) => text),
  };
}

/** Way 4: the sandbox from a page on another origin, by the browser's own rules. */
const sandboxFromPage = (baseUrl: string): ApiTarget => ({
  ...inPage,
  baseUrl,
  advance: async (ms) => void (await ask("advance", { ms })),
  mails: async (to, atLeast) => (await ask("mails", { to, atLeast })) as string[],
});

async function run(): Promise<unknown> {
  const sandbox = parameters.get("sandbox");
  const target = sandbox === null ? await mockInPage() : sandboxFromPage(sandbox);
  const only = parameters.get("only")?.split(",") as ApiConformancePart[] | undefined;
  return runApiConformance(target, only);
}

void run().then(
  (transcript) => ask("done", { transcript }),
  (error: unknown) =>
    ask("done", { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
);
