import { BlockList, isIP } from "node:net";
import { addressList, isLoopback } from "../server/remote-address.ts";

/** IPv4 that is not the internet (IANA's special-purpose registry), multicast, and the services that clouds show to their machines only. */
const SPECIAL_IPV4 = addressList([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  // Link-local, with the clouds' metadata service at 169.254.169.254.
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  // Azure's machine agent, on an address that looks public.
  "168.63.129.16",
]);

/** Only this part of IPv6 is given out to the public: `::1`, `::ffff:…`, `64:ff9b::…`, `fc00::`, `fe80::` and all the rest lie outside. */
const GLOBAL_IPV6 = addressList(["2000::/3"]);
/** Tunnels that carry an IPv4 address inside (Teredo, 6to4), and documentation. */
const SPECIAL_IPV6 = addressList(["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);

/**
 * Whether an address is one of the public internet: anything else may be a service of ours that trusts whoever reaches it.
 * @example isPublicAddress("169.254.169.254") // false
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !SPECIAL_IPV4.check(address, "ipv4");
  return family === 6 && lists(GLOBAL_IPV6, address) && !lists(SPECIAL_IPV6, address);
}

/** Whether a delivery may go to an address; `allowLoopback` is for a developer's own machine. */
export function mayReceive(address: string, allowLoopback: boolean): boolean {
  return isPublicAddress(address) || (allowLoopback && isLoopback(address));
}

function lists(list: BlockList, address: string): boolean {
  return list.check(address, "ipv6");
}
