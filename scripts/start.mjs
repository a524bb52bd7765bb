// `npm start`: the sandbox API on one origin and the hospital portal on another.
//   --api-port N     wish for the API (default 8787)      --portal-port N   wish for the portal (default 8080)
//   --data DIR       where the API keeps its data (default .sandbox)
import { parseArgs } from "node:util";
import { startPortal } from "../examples/hospital-portal/server.mjs";
import { startSandbox } from "../packages/sandbox/src/index.ts";
import { buildIfStale } from "./build.mjs";
import { portOrNext } from "./ports.mjs";

const { values } = parseArgs({
  options: {
    "api-port": { type: "string", default: "8787" },
    "portal-port": { type: "string", default: "8080" },
    data: { type: "string", default: ".sandbox" },
  },
});

/** What has to be stopped, the last started first. @type {{ stop: () => Promise<void> }[]} */
const running = [];
let stopping = false;
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => void stop(0));
}

if (!(await buildIfStale())) process.exit(1);

// Both ports are known before either server starts: the API seeds the portal's origin and puts it into mail
// links, and the portal's policy names the API.
const apiPort = await portOrNext(portNumber("api-port"));
const portalPort = await portOrNext(portNumber("portal-port"), [apiPort]);
const apiUrl = `http://localhost:${apiPort}`;
// Not 127.0.0.1: passkeys are bound to a domain.
const portalUrl = `http://localhost:${portalPort}`;

try {
  const sandbox = await startSandbox({ port: apiPort, data: values.data, seed: "demo", portalUrl });
  running.push(sandbox);
  const portal = await startPortal({ port: portalPort, apiUrl });
  running.push(portal);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  await stop(1);
}

console.log(`
Sandbox API ready: ${apiUrl}
Hospital portal ready: ${portalUrl}
Sent mail: ${apiUrl}/outbox
`);

/** @param {"api-port" | "portal-port"} name */
function portNumber(name) {
  const port = Number(values[name]);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  console.error(`--${name} ${values[name]}: not a port number.`);
  return process.exit(2);
}

/** @param {number} code */
async function stop(code) {
  // Whoever presses Ctrl-C twice does not want to wait.
  if (stopping) process.exit(130);
  stopping = true;
  for (const server of running.reverse()) await server.stop();
  process.exit(code);
}
