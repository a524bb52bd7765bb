// The server under load, on a real PostgreSQL that writes to its disk before it says so.
import { availableParallelism } from "node:os";
import { generatePatients, institutions, demoPassword } from "@welby/backend/seed";
import { createTestClient } from "@welby/backend/testing";
import { connectStore } from "@welby/sandbox";
import pg from "pg";
import { startPostgres } from "../postgres.mjs";
import { call, hangUp } from "./call.mjs";
import { closedLoop, openLoop, quantile } from "./load.mjs";
import { startServer } from "./server-process.mjs";

const PATIENTS = 100_000;
/** Sign-ins a second: more than two cores can hash. */
const FLOOD = 300;
const LOGIN = "suzuki@minato.example.jp";
const PROFILED = ["--cpu-prof", "--cpu-prof-dir=build/bench"];
const DURABLE = { fsync: "on", synchronous_commit: "on", full_page_writes: "on", shared_buffers: "256MB" };

/** What people type at a desk: most open the list or jump in it, others look for a name, a reading or a number. */
const SEARCHES = [
  {},
  { query: "佐藤" },
  { startAt: "さ" },
  { query: "タナカ" },
  {},
  { query: "山" },
  { query: "10007919" },
  { sort: "birthDate" },
  { query: "鈴木 陽子" },
  { startAt: "ま" },
];

/**
 * @param {{ short: boolean, profile: boolean }} options a short run only shows that everything works; a profiled one leaves
 *   what the server's process did in `build/bench`, to be opened in a browser's developer tools
 */
export async function benchServer({ short, profile }) {
  const seconds = short ? 3 : 60;
  const postgres = await startPostgres({ settings: DURABLE });
  try {
    await fill(postgres.url);
    const server = await startServer(postgres.url, profile ? PROFILED : []);
    try {
      console.log(
        `${availableParallelism()} cores shared by load generator, Node ${process.version} and ${postgres.version}\n`,
      );
      const rows = [
        ...(await patientSearch(server.url, seconds)),
        ...(await signIns(server.url, short ? 3 : 20)),
      ];
      console.table(Object.fromEntries(rows.map(({ name, ...numbers }) => [name, numbers])));
    } finally {
      await server.stop();
    }
  } finally {
    hangUp();
    await postgres.stop();
  }
}

/** @param {string} url */
async function fill(url) {
  // Starting the server once makes the schema and the demo's people.
  await (await startServer(url)).stop();
  const store = await connectStore({ url });
  await generatePatients(store, {
    institution: institutions.minato,
    count: PATIENTS,
    onProgress: (written, total) => {
      if (written % 20_000 === 0)
        console.log(`${written.toLocaleString("en")} of ${total.toLocaleString("en")} patients`);
    },
  });
  await store.close();
  // What autovacuum does by itself within a minute or two.
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("vacuum analyze");
  await client.end();
}

/** @param {string} url @param {number} seconds */
async function patientSearch(url, seconds) {
  const search = await searcher(url);
  // A warm-up, so that the compiler's work is not measured.
  await closedLoop({ clients: 10, seconds: Math.min(5, seconds), call: search });
  const open = await openLoop({ perSecond: 200, seconds, call: search });
  const closed = await closedLoop({ clients: 50, seconds: Math.min(20, seconds), call: search });
  return [
    row("patients search, open loop of 200/s", open),
    row("patients search, closed loop of 50 clients", closed),
  ];
}

/** @param {string} url */
async function searcher(url) {
  const client = await createTestClient({
    fetch: (request) => fetch(request),
    baseUrl: url,
    clientId: "demo-server",
    binding: "bearer",
  });
  const signedIn = await client.signIn(LOGIN);
  if (signedIn.status !== 200)
    throw new Error(`sign-in: ${signedIn.status} ${JSON.stringify(signedIn.body)}`);
  const headers = {
    "welby-client": "demo-server",
    authorization: `Bearer ${client.session?.accessToken}`,
    "content-type": "application/json",
  };
  const bodies = SEARCHES.map((input) => JSON.stringify({ limit: 50, ...input }));
  /** @param {number} index */
  return async (index) => {
    const body = bodies[index % bodies.length] ?? "{}";
    const { status } = await call(`${url}/v1/patients/search`, { method: "POST", headers, body });
    return String(status);
  };
}

/** @param {string} url @param {number} seconds */
async function signIns(url, seconds) {
  const headers = { "welby-client": "demo-server", "content-type": "application/json" };
  const body = JSON.stringify({ audience: "staff", loginId: LOGIN, password: demoPassword });
  const signIn = async () => {
    const { status } = await call(`${url}/v1/auth/sign-in`, { method: "POST", headers, body });
    return String(status);
  };
  const steady = await closedLoop({ clients: 8, seconds, call: signIn });
  const [flood, health] = await Promise.all([
    openLoop({ perSecond: FLOOD, seconds, call: signIn }),
    openLoop({ perSecond: 20, seconds, call: async () => String((await call(`${url}/health`)).status) }),
  ]);
  return [
    row("sign-in, closed loop of 8 clients", steady),
    row(`sign-in, flood of ${FLOOD}/s`, flood),
    row("/health during the flood", health),
  ];
}

/** @param {string} name @param {import("./load.mjs").Load} load */
function row(name, load) {
  const ok = Object.entries(load.outcomes)
    .filter(([outcome]) => /^2/.test(outcome))
    .reduce((sum, [, count]) => sum + count, 0);
  /** @param {number} share */
  const ms = (share) => Number(quantile(load, share).toFixed(1));
  return {
    name,
    "answered 2xx/s": Number((ok / load.seconds).toFixed(1)),
    "p50 ms": ms(0.5),
    "p95 ms": ms(0.95),
    "p99 ms": ms(0.99),
    "max ms": ms(1),
    outcomes: Object.entries(load.outcomes)
      .map(([outcome, count]) => `${outcome}: ${count}`)
      .join(", "),
  };
}
