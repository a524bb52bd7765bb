import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../packages/sandbox/src/cli.ts", import.meta.url));

/**
 * Starts the sandbox as a process of its own on a PostgreSQL server, and waits until it is ready.
 *
 * @param {string} databaseUrl
 * @param {string[]} [node] arguments of Node
 * @returns {Promise<{ url: string, pid: number, output: () => string, stop: () => Promise<void> }>}
 */
export async function startServer(databaseUrl, node = []) {
  const child = spawn(
    process.execPath,
    [...node, "--conditions=@welby/source", CLI, "--port", "0", "--quiet"],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, DATABASE_URL: databaseUrl } },
  );
  let output = "";
  const exited = new Promise((resolve) => child.once("close", resolve));
  const url = await new Promise((resolve, reject) => {
    /** @param {string} text */
    const read = (text) => {
      output += text;
      const ready = /Sandbox API ready: (\S+)\n/.exec(output)?.[1];
      if (ready !== undefined) resolve(ready);
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    void exited.then(() => reject(new Error(`The sandbox ended instead of starting:\n${output}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
