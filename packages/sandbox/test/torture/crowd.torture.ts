import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { Worker } from "node:worker_threads";
import { demoPassword } from "@welby/backend/seed";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { startProcess, type SandboxProcess } from "../support/sandbox-process.ts";
import { quantile } from "./samples.ts";

const HEALTH_P99_MS = 250;

/** Many at once, who mean no good: the service stays up for the others. */
describe("a crowd at the door", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let sandbox: SandboxProcess;
  before(async () => {
    postgres = await startPostgres();
    sandbox = await startProcess(["--port", "0", "--quiet"], { DATABASE_URL: postgres.url });
  });
  after(async () => {
    sandbox.child.kill("SIGTERM");
    await sandbox.exited;
    await postgres.stop();
  });

  /** Asks for the health twenty times a second until told to stop. */
  async function watch() {
    const worker = new Worker(new URL("health-watch.ts", import.meta.url), { workerData: sandbox.url });
    await once(worker, "message");
    return async () => {
      worker.postMessage("stop");
      const [times] = (await once(worker, "message")) as [number[]];
      return quantile(times, 0.99);
    };
  }

  test("A-100 200 connections that send headers, and 200 that send a body, a byte at a time are closed within 30 s", async (t) => {
    const { port } = new URL(sandbox.url);
    const head = "POST /v1/auth/sign-in HTTP/1.1\r\nHost: x\r\nWelby-Client: demo-portal\r\n";
    const begun = performance.now();
    const health = await watch();
    const closed = Array.from({ length: 400 }, (_, index) =>
      dripping(
        Number(port),
        index < 200 ? head : `${head}Content-Type: application/json\r\nContent-Length: 9999\r\n\r\n`,
      ),
    );
    await Promise.all(closed);
    const seconds = (performance.now() - begun) / 1_000;
    const p99 = await health();
    t.diagnostic(`all closed after ${seconds.toFixed(1)} s; /health p99 ${p99.toFixed(1)} ms`);
    assert.ok(seconds <= 30, `${seconds} s`);
    assert.ok(p99 < HEALTH_P99_MS, `/health p99 ${p99} ms`);
  });

  test("PW-7 500 sign-ins at once: memory stays within 200 MB more, /health within 250 ms, the rest is 503 or 429", async (t) => {
    const body = JSON.stringify({
      audience: "staff",
      loginId: "suzuki@minato.example.jp",
      password: demoPassword,
    });
    const headers = { "content-type": "application/json", "welby-client": "demo-server" };
    const signIn = async () => {
      const response = await fetch(`${sandbox.url}/v1/auth/sign-in`, { method: "POST", headers, body });
      await response.arrayBuffer();
      return response.status;
    };
    await signIn();
    const before = residentMb(sandbox.child.pid);
    const health = await watch();
    const statuses = await Promise.all(Array.from({ length: 500 }, signIn));
    const p99 = await health();
    const grown = residentMb(sandbox.child.pid) - before;
    const counts = Object.groupBy(statuses, String);
    t.diagnostic(
      `${Object.entries(counts)
        .map(([status, all]) => `${status}: ${all?.length}`)
        .join(", ")}; ` + `${grown.toFixed(0)} MB more; /health p99 ${p99.toFixed(1)} ms`,
    );
    assert.ok(statuses.every((status) => [200, 429, 503].includes(status)));
    assert.ok(statuses.includes(200) && statuses.includes(503), "some get in, and the queue has an end");
    assert.ok(grown < 200, `${grown} MB`);
    assert.ok(p99 < HEALTH_P99_MS, `/health p99 ${p99} ms`);
  });
});

/** Sends a byte a second after the beginning, until the other side has enough. */
function dripping(port: number, beginning: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(beginning));
    const drip = setInterval(() => socket.write("x"), 1_000);
    // Whatever is answered is read, and whatever goes wrong is an end too.
    socket.resume();
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearInterval(drip);
      resolve();
    });
  });
}

/** What a process holds in memory; at its highest where only that is known. */
function residentMb(pid: number | undefined): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1_024;
}
