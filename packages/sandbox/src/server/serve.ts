import { createHttpServer, type HttpServer, type HttpServerOptions } from "./http-server.ts";
import { listen, type ListenOptions } from "./listen.ts";

/** Calls still being answered when the server stops get this long. */
const GRACE_MS = 10_000;

export interface Serving {
  readonly port: number;
  /** Takes no new calls, lets those in flight finish, then closes what is left. */
  stop(): Promise<void>;
}

/** Serves a `Request → Response` function over HTTP. */
export async function serve(options: HttpServerOptions & ListenOptions): Promise<Serving> {
  const created: HttpServer[] = [];
  const create = () => {
    const one = createHttpServer(options);
    created.push(one);
    return one.server;
  };
  const { port, servers } = await listen(create, options);

  async function stop(): Promise<void> {
    for (const one of created) one.stopping = true;
    const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    const impatient = setTimeout(() => servers.forEach((server) => server.closeAllConnections()), GRACE_MS);
    await Promise.all(closed);
    clearTimeout(impatient);
  }

  return { port, stop };
}
