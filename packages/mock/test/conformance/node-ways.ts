import { setTimeout as sleep } from "node:timers/promises";
import { SUITE_BEGINS, type ApiTarget, type Fetch } from "@welby/backend/testing";
import { createMock, type Mock } from "@welby/mock";
import { mockServer } from "@welby/mock/node";
import { startSandbox } from "@welby/sandbox";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { asPage } from "../../src/page-rules.ts";

/** The page's origin wherever no page is: nothing listens there. */
export const PORTAL = "http://localhost:8080";

/** Sends a request by Node's `fetch`, `Origin` included, which is no forbidden header there. */
const overHttp: Fetch = async (request) => {
  const body = request.method === "GET" || request.method === "HEAD" ? null : await request.arrayBuffer();
  return fetch(request.url, {
    method: request.method,
    headers: request.headers,
    redirect: "error",
    ...(body?.byteLength && { body }),
  });
};

/** A target in Node: what a browser would add and withhold is added and withheld by the mock's page rules. */
const inNode = { fetch: asPage(overHttp, PORTAL), machineFetch: overHttp, origin: PORTAL };

export interface Way {
  readonly target: ApiTarget;
  /** Actions of successful events in the audit log. */
  readonly auditedActions?: () => Promise<ReadonlySet<string>>;
  close(): Promise<void>;
}

/** Way 1: the mock behind MSW, in Node. */
export async function mockInNode(): Promise<Way> {
  const mock = createMock({ allowedOrigins: [PORTAL], frozenAt: SUITE_BEGINS, log: () => undefined });
  const server = mockServer(mock);
  server.listen({ onUnhandledFrame: "error" });
  return {
    target: { ...inNode, ...mockControls(mock) },
    auditedActions: async () => {
      const rows = await mock.store.transaction((transaction) => transaction.audit.list({ result: "ok" }));
      return new Set(rows.map(({ action }) => action));
    },
    close: async () => server.close(),
  };
}

function mockControls(mock: Mock): Pick<ApiTarget, "baseUrl" | "advance" | "mails"> {
  return {
    baseUrl: mock.baseUrl,
    advance: async (ms) => mock.clock.advance(ms),
    mails: async (to) => (await mock.outbox.mails(to)).map(({ text }) => text),
  };
}

export interface RunningSandbox extends Pick<ApiTarget, "baseUrl" | "advance" | "mails"> {
  close(): Promise<void>;
}

/** A sandbox on a database of its own, over HTTP on a free port, with a clock that stands still. */
export async function sandboxFor(portalOrigin: string, databaseUrl?: string): Promise<RunningSandbox> {
  let nowMs = SUITE_BEGINS.getTime();
  const sandbox = await startSandbox({
    port: 0,
    portalOrigin,
    ...(databaseUrl !== undefined && { databaseUrl }),
    clock: { now: () => new Date(nowMs) },
    log: () => undefined,
  });
  return {
    baseUrl: sandbox.url,
    advance: async (ms) => void (nowMs += ms),
    mails: (to, atLeast) => readOutbox(sandbox.outboxUrl ?? "", to, atLeast),
    close: () => sandbox.close(),
  };
}

/** Way 2: the sandbox, from Node. */
export async function sandboxFromNode(): Promise<Way> {
  const sandbox = await sandboxFor(PORTAL);
  return { target: { ...inNode, ...sandbox }, close: () => sandbox.close() };
}

/** The same on a PostgreSQL server of its own, instead of the embedded database. */
export async function sandboxOnPostgres(): Promise<Way> {
  const postgres = await startPostgres();
  const sandbox = await sandboxFor(PORTAL, postgres.url);
  return {
    target: { ...inNode, ...sandbox },
    close: async () => {
      await sandbox.close();
      await postgres.stop();
    },
  };
}

/** Reads the outbox page as a person would, until as many mails are there. */
async function readOutbox(url: string, to: string, atLeast: number): Promise<string[]> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const list = await (await fetch(url)).text();
    const rows = list.split("<tr").filter((row) => row.includes(`>${to}<`));
    if (rows.length >= atLeast) {
      const links = rows.flatMap((row) => /href="(\/outbox\/[^"]+)"/.exec(row)?.[1] ?? []);
      // The newest stands first on the page.
      return Promise.all(links.reverse().map((link) => readMail(new URL(link, url))));
    }
    await sleep(50);
  }
  throw new Error(`The outbox has fewer than ${atLeast} mails to ${to}`);
}

async function readMail(url: URL): Promise<string> {
  const page = await (await fetch(url)).text();
  const body = /<pre>([\s\S]*)<\/pre>/.exec(page)?.[1] ?? "";
  const text = body.replace(/<[^>]*>/g, "");
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
