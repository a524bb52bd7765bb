import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import pg from "pg";
import { startPostgres } from "../postgres.mjs";

const serverModule = new URL("../postgres.mjs", import.meta.url).href;

async function connects(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

test("starts a server that keeps Japanese text, and takes it away again", async () => {
  const postgres = await startPostgres({ settings: { max_connections: 7 } });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query(
    "select $1::text as name, current_setting('max_connections') as max, current_setting('data_directory') as data",
    ["山田 𠮷子"],
  );
  await client.end();
  await postgres.stop();

  assert.deepEqual({ name: rows[0].name, max: rows[0].max }, { name: "山田 𠮷子", max: "7" });
  assert.equal(await connects(postgres.url), false);
  assert.equal(existsSync(rows[0].data), false, "the data directory is still there");
});

test("two servers run side by side", async () => {
  const [one, two] = await Promise.all([startPostgres(), startPostgres()]);
  assert.notEqual(one.port, two.port);
  assert.deepEqual(await Promise.all([connects(one.url), connects(two.url)]), [true, true]);
  await Promise.all([one.stop(), two.stop()]);
});

test("refuses a wrong password", async () => {
  const postgres = await startPostgres();
  const wrong = postgres.url.replace(/:[^:@/]+@/, ":wrong@");
  assert.equal(await connects(wrong), false);
  await postgres.stop();
});

test("the server ends with the process that started it, even when that is killed", async () => {
  const owner = spawn(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `const p = await (await import(${JSON.stringify(serverModule)})).startPostgres(); console.log(p.url); setInterval(() => {}, 1000);`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [chunk] = await once(owner.stdout, "data");
  const url = String(chunk).trim();
  assert.equal(await connects(url), true);

  owner.kill("SIGKILL");
  const deadline = Date.now() + 5000;
  while ((await connects(url)) && Date.now() < deadline) await sleep(50);
  assert.equal(await connects(url), false);
});
