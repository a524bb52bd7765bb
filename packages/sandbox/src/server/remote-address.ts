import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/**
 * Who really asks: the peer of the connection, or, behind a configured proxy, the last address that no such proxy wrote.
 * Null when it is not known (a connection that just broke). `X-Forwarded-For` from anybody else is ignored.
 */
export function remoteAddress(request: IncomingMessage, trustedProxies: BlockList): string | null {
  let address = canonical(request.socket.remoteAddress ?? "");
  if (address === null) return null;
  const forwarded = [request.headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  while (isListed(address, trustedProxies)) {
    const before: string | null = canonical(forwarded.pop()?.trim() ?? "");
    if (before === null) break;
    address = before;
  }
  return address;
}

/** Single addresses and ranges such as `10.0.0.0/8`. @throws TypeError for anything else */
export function addressList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address);
    if (family === 0) throw new TypeError(`Not an IP address or range: ${entry}`);
    const type = family === 6 ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(address, type);
    else list.addSubnet(address, Number(prefix), type);
  }
  return list;
}

export function isLoopback(address: string | null): boolean {
  return address !== null && isListed(address, LOOPBACK);
}

const LOOPBACK = addressList(["127.0.0.0/8", "::1"]);

function isListed(address: string, list: BlockList): boolean {
  return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** `::ffff:192.0.2.1` is the IPv4 address 192.0.2.1; two spellings would be two budgets. */
function canonical(address: string): string | null {
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "").replace(/%.*$/, "");
  return isIP(plain) === 0 ? null : plain;
}
