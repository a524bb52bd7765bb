// `npm start`: the sandbox API on one origin and the hospital portal on another.
//   --api-port N      the API's port (8787; the next free one if it is taken)
//   --portal-port N   the portal's port (8080; the same)
//   --data DIR        where the API keeps its data (.sandbox); DATABASE_URL=postgres://… instead of it
import { parseArgs } from "node:util";
import { buildIfStale } from "./build.mjs";
import { portOrNext } from "./ports.mjs";

const { values } = readOptions();
const wishedApiPort = portNumber("api-port");
const wishedPortalPort = portNumber("portal-port");
const databaseUrl = values.data === undefined ? process.env.DATABASE_URL : undefined;

/** What has to be stopped, in the order it was started. @type {(() => Promise<void>)[]} */
const stops = [];
let starting = true;
let stopping = false;
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    // Whoever presses Ctrl-C twice does not want to wait.
    if (stopping && signal === "SIGINT") process.exit(130);
    if (stopping) return;
    stopping = true;
    // What is just being started cannot be stopped yet; start() looks at it when it is through.
    if (!starting) void stop(0);
  });
}

try {
  await start();
} catch (error) {
  // The sandbox's own refusals are written for people; anything else needs its stack.
  const known = error instanceof Error && ["DataDirectoryInUse", "UnusableOptions"].includes(error.name);
  console.error(known ? error.message : error);
  await stop(1);
}

async function start() {
  if (!buildIfStale("browser")) {
    console.error("The build failed (see above). Nothing was started.");
    return stop(1);
  }
  // Loaded after the build, for a clear message if that fails.
  const { readyText, startSandbox } = await import("../packages/sandbox/src/index.ts");
  const { startPortal } = await import("../examples/hospital-portal/server.mjs");

  // The portal's origin is known before the API starts: the API lets it in and puts it into mail links.
  const portalPort = await portOrNext(wishedPortalPort, [wishedApiPort]);
  const sandbox = await startSandbox({
    port: wishedApiPort,
    ...(databaseUrl ? { databaseUrl } : { dataDir: values.data ?? ".sandbox" }),
    // Not 127.0.0.1: passkeys are bound to a domain.
    portalOrigin: `http://localhost:${portalPort}`,
  });
  stops.push(() => sandbox.close());
  const portal = await startPortal({ port: portalPort, apiUrl: sandbox.url });
  stops.push(() => portal.stop());
  starting = false;
  if (stopping) return stop(0);
  console.log(
    `\nHospital portal ready: ${portal.url}\n${readyText(sandbox)}\n\nCtrl-C stops both; the data stays.`,
  );
}

/** @param {"api-port" | "portal-port"} name */
function portNumber(name) {
  const port = Number(values[name]);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  console.error(`--${name} ${values[name]} is not a port number (1 to 65535).`);
  return process.exit(2);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        "api-port": { type: "string", default: "8787" },
        "portal-port": { type: "string", default: "8080" },
        data: { type: "string" },
      },
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error("Usage: npm start -- [--api-port N] [--portal-port N] [--data DIR]");
    return process.exit(2);
  }
}

/** @param {number} code */
async function stop(code) {
  stopping = true;
  for (let next = stops.pop(); next; next = stops.pop()) await next();
  process.exit(code);
}
