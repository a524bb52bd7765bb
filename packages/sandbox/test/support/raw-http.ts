import { connect } from "node:net";

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
  readonly ms: number;
}

/** Sends bytes as they are and reads until the other side closes: what `fetch` would never send. */
export function rawHttp(port: number, text: string, host = "127.0.0.1"): Promise<RawAnswer> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => socket.write(text));
    let received = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => void (received += chunk));
    // The server may close while this side still writes.
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "EPIPE" || error.code === "ECONNRESET" ? undefined : reject(error),
    );
    socket.on("close", () => {
      const [head = "", ...rest] = received.split("\r\n\r\n");
      resolve({
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0),
        head,
        body: rest.join("\r\n\r\n"),
        ms: performance.now() - started,
      });
    });
  });
}

/** A request that asks for the connection to be closed, so that its answer ends. */
export function get(target: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({ host: "localhost", connection: "close", ...headers });
  return `GET ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}

/** Sends chunks for as long as the other side takes them; `sent` counts bytes. */
export function endlessBody(
  port: number,
  path: string,
  headers = "",
): Promise<{ status: number; head: string; ms: number; sent: number }> {
  const started = performance.now();
  return new Promise((resolve) => {
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\n${headers}Transfer-Encoding: chunked\r\n\r\n`);
      const send = () => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on("drain", send);
      send();
    });
    let head = "";
    socket.on("data", (data) => (head += data.toString("latin1")));
    socket.on("error", () => undefined);
    socket.on("close", () =>
      resolve({
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
        head,
        ms: performance.now() - started,
        sent: socket.bytesWritten,
      }),
    );
  });
}
