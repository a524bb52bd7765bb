import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { DataDirectoryInUse, lockDirectory } from "../../src/database/directory-lock.ts";
import { currentProcess } from "../../src/database/process-identity.ts";

const made: string[] = [];
after(() => made.forEach((directory) => rmSync(directory, { recursive: true, force: true })));
function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "welby-lock-"));
  made.push(directory);
  return directory;
}

const module = new URL("../../src/database/directory-lock.ts", import.meta.url).href;

/** A process that takes the lock, says so, and stays until it is killed. */
async function otherOwner(directory: string) {
  const script = `await (await import(${JSON.stringify(module)})).lockDirectory(${JSON.stringify(directory)});
    console.log("locked"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--conditions=@welby/source", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  assert.equal(String((await once(child.stdout, "data"))[0]).trim(), "locked");
  return child;
}

describe("the lock of a data directory", () => {
  test("A-111 refuses a second process and names the first and what to do", async () => {
    const directory = emptyDirectory();
    const owner = await otherOwner(directory);
    const error = await lockDirectory(directory).then(
      () => assert.fail("both are in"),
      (error: unknown) => error,
    );
    owner.kill("SIGKILL");
    assert.ok(error instanceof DataDirectoryInUse);
    assert.equal(error.owner.pid, owner.pid);
    assert.match(
      error.message,
      new RegExp(
        `used by the running process ${owner.pid}\\. Stop it first, or choose another directory by --data`,
      ),
    );
    await once(owner, "exit");
  });

  test("A-111 refuses a second opening in the same process", async () => {
    const directory = emptyDirectory();
    const lock = await lockDirectory(directory);
    await assert.rejects(lockDirectory(directory), /process \d+ \(this one\)/);
    lock.release();
  });

  test("is free again after release, and leaves nothing behind", async () => {
    const directory = emptyDirectory();
    (await lockDirectory(directory)).release();
    assert.deepEqual(readdirSync(directory), []);
    (await lockDirectory(directory)).release();
  });

  test("M11 is taken over from a process that was killed", async () => {
    const directory = emptyDirectory();
    const owner = await otherOwner(directory);
    owner.kill("SIGKILL");
    await once(owner, "exit");
    assert.equal(readdirSync(directory).length, 1, "the dead owner's file should still be there");
    const lock = await lockDirectory(directory);
    assert.equal(readdirSync(directory).length, 1, "the dead owner's file should be gone");
    lock.release();
  });

  test("M11 is taken over when the dead owner's process id belongs to another program now", async () => {
    const directory = emptyDirectory();
    const reused = { ...currentProcess(), pid: process.ppid, startedAt: "0/1" };
    writeFileSync(join(directory, "lock.7"), JSON.stringify(reused));
    const lock = await lockDirectory(directory);
    assert.deepEqual(readdirSync(directory), ["lock.8"]);
    lock.release();
  });

  test("is taken over when the owner died before it had written its name", async () => {
    const directory = emptyDirectory();
    writeFileSync(join(directory, "lock.1"), "");
    (await lockDirectory(directory)).release();
  });

  test("is not taken over from another machine, whose processes nobody here can see", async () => {
    const directory = emptyDirectory();
    const file = join(directory, "lock.1");
    writeFileSync(file, JSON.stringify({ host: `not-${hostname()}`, pid: 1, startedAt: "0/1" }));
    await assert.rejects(lockDirectory(directory), (error: Error) =>
      error.message.includes(`delete ${file}`),
    );
    assert.ok(existsSync(file));
  });

  test("of eight that find the same dead owner at once exactly one gets in, 3 rounds", async () => {
    for (let round = 0; round < 3; round++) {
      const directory = emptyDirectory();
      writeFileSync(join(directory, "lock.3"), JSON.stringify({ ...currentProcess(), pid: 2 ** 22 + 1 }));
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => contender(directory)));
      const winners = results.filter((result) => result.status === "fulfilled" && result.value === "in");
      assert.equal(winners.length, 1, `round ${round}`);
      assert.equal(readdirSync(directory).filter((name) => name.startsWith("lock.")).length, 1);
    }
  });
});

/** Tries from a worker thread of its own, so that the contenders really interleave. */
async function contender(directory: string): Promise<string> {
  const { Worker } = await import("node:worker_threads");
  const script = `const { parentPort } = require("node:worker_threads");
    import(${JSON.stringify(module)}).then((m) => m.lockDirectory(${JSON.stringify(directory)}))
      .then(() => parentPort.postMessage("in"), () => parentPort.postMessage("out"));`;
  const worker = new Worker(script, { eval: true, execArgv: ["--conditions=@welby/source"] });
  const [answer] = (await once(worker, "message")) as [string];
  return answer;
}

test("the file says who, for the operator to read", async () => {
  const directory = emptyDirectory();
  const lock = await lockDirectory(directory);
  const written = JSON.parse(readFileSync(join(directory, "lock.1"), "utf8")) as {
    pid: number;
    host: string;
  };
  assert.deepEqual({ pid: written.pid, host: written.host }, { pid: process.pid, host: hostname() });
  lock.release();
});
