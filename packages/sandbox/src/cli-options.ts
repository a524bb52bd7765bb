import { parseArgs } from "node:util";
import { UnusableOptions, type SandboxOptions } from "./options.ts";

export const USAGE = `Usage: npm run sandbox -- [options]

  --port N              port of the API (8787; the next free one when it is taken; 0: any)
  --host ADDRESS        address to listen on (localhost)
  --data DIR            where the embedded database keeps its files (.sandbox)
  --seed demo|none      put the demo's hospitals into an empty database (demo)
  --allow-origin URL    a page's origin that may call the API, e.g. http://localhost:5173; may be repeated
  --portal-origin URL   origin of the portal; mail links lead there (http://localhost:8080)
  --public-url URL      the address that callers know, behind a TLS proxy
  --trusted-proxy ADDR  a proxy whose X-Forwarded-For is believed, e.g. 10.0.0.0/8; may be repeated
  --webhook URL         tell this address of every event of the demo's hospital (Standard Webhooks)
  --local-webhooks      deliver webhooks to this machine too, also by plain http
  --data-location TEXT  what GET /v1/meta says about where the data is (not stated)
  --security-contact URI where vulnerabilities are reported, for security.txt (mailto:security@ the API's host)
  --production          no demo accounts, no /outbox, no plain http beyond this machine; also by NODE_ENV=production
  --quiet               log warnings and errors only
  --help                this text

  DATABASE_URL=postgres://… uses a PostgreSQL server (15 or later) instead of the embedded database.
`;

export interface CommandLine {
  readonly help: boolean;
  readonly quiet: boolean;
  readonly options: SandboxOptions;
}

/**
 * Reads the command line. Values are used as they are; nothing is handed to a shell.
 * @throws UnusableOptions in words for the person at the keyboard
 */
export function readCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv): CommandLine {
  const values = parse(args);
  // Who says so to Node means it for everything that runs there.
  const production = values.production === true || environment.NODE_ENV === "production";
  const seed = values.seed ?? (production ? "none" : "demo");
  if (seed !== "demo" && seed !== "none")
    throw new UnusableOptions(`--seed ${seed}: there is only demo and none.`);
  const port = values.port ?? "8787";
  if (!/^\d{1,5}$/.test(port)) throw new UnusableOptions(`--port ${port}: not a port number (0 to 65535).`);
  const databaseUrl = environment.DATABASE_URL || undefined;
  const dataDir = values.data ?? (databaseUrl === undefined ? ".sandbox" : undefined);
  return {
    help: values.help === true,
    quiet: values.quiet === true,
    options: {
      port: Number(port),
      seed,
      allowOrigins: values["allow-origin"] ?? [],
      trustedProxies: values["trusted-proxy"] ?? [],
      localWebhooks: values["local-webhooks"] === true,
      production,
      ...(values.host !== undefined && { host: values.host }),
      ...(dataDir !== undefined && { dataDir }),
      ...(databaseUrl !== undefined && { databaseUrl }),
      ...(values["portal-origin"] !== undefined && { portalOrigin: values["portal-origin"] }),
      ...(values.webhook !== undefined && { webhookUrl: values.webhook }),
      ...(values["public-url"] !== undefined && { publicUrl: values["public-url"] }),
      ...(values["data-location"] !== undefined && { dataLocation: values["data-location"] }),
      ...(values["security-contact"] !== undefined && { securityContact: values["security-contact"] }),
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        host: { type: "string" },
        data: { type: "string" },
        seed: { type: "string" },
        "allow-origin": { type: "string", multiple: true },
        "portal-origin": { type: "string" },
        "public-url": { type: "string" },
        "trusted-proxy": { type: "string", multiple: true },
        "data-location": { type: "string" },
        "security-contact": { type: "string" },
        webhook: { type: "string" },
        "local-webhooks": { type: "boolean" },
        production: { type: "boolean" },
        quiet: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    // Node's first sentence names the option; the rest of it advises on positional arguments.
    const message = error instanceof Error ? (error.message.split(/\.\s/)[0] ?? "") : String(error);
    throw new UnusableOptions(`${message.replace(/\.$/, "")}. --help lists the options.`);
  }
}
