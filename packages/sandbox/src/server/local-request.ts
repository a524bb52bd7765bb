import { isLoopback } from "./remote-address.ts";

/**
 * Whether somebody at this very machine asks, by one of its own names. The name matters: a page on the internet may let its
 * own host name point to 127.0.0.1 (DNS rebinding), and a proxy on this machine speaks for others.
 */
export function isLocalRequest(headers: Headers, peer: string | null, port: number): boolean {
  const names = ["localhost", "127.0.0.1", "[::1]"].map((name) => `${name}:${port}`);
  return (
    isLoopback(peer) && names.includes(headers.get("host")?.toLowerCase() ?? "") && !cameThroughProxy(headers)
  );
}

function cameThroughProxy(headers: Headers): boolean {
  return ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"].some((name) =>
    headers.has(name),
  );
}
