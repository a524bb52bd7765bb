import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Ports that are tried, the wished one first. */
const TRIES = 100;

export interface ListenOptions {
  /** `localhost` listens on both loopback addresses, since a browser may try either for that name. */
  readonly host: string;
  /** 0 takes any free port; a taken one falls back to the next free. */
  readonly port: number;
}

/** One open server: its port and the sockets behind it. */
export interface Listening {
  readonly port: number;
  readonly servers: readonly Server[];
}

/**
 * Opens the wished port or the next free one.
 * @throws when none of a hundred is free, or the host is not one of this machine
 */
export async function listen(create: () => Server, { host, port }: ListenOptions): Promise<Listening> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const candidate = port === 0 ? 0 : port + attempt;
    if (candidate > 65_535) break;
    const listening = await tryPort(create, host, candidate);
    if (listening) return listening;
  }
  throw new Error(port === 0 ? "No free port was found." : `No free port was found from ${port} on.`);
}

async function tryPort(create: () => Server, host: string, port: number): Promise<Listening | undefined> {
  const hosts = host === "localhost" ? ["127.0.0.1", "::1"] : [host];
  const servers: Server[] = [];
  let opened = port;
  for (const address of hosts) {
    const server = create();
    try {
      opened = await open(server, address, opened);
      servers.push(server);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A machine without IPv6 is not a taken port.
      if (servers.length > 0 && (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT" || code === "EINVAL"))
        continue;
      for (const other of servers) other.close();
      if (code === "EADDRINUSE" || code === "EACCES") return undefined;
      throw error;
    }
  }
  return { port: opened, servers };
}

function open(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.removeListener("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
