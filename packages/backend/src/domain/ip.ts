/**
 * The bucket that failures of an address are counted in: IPv4 as a whole, IPv6 by its /64 (one customer turns the rest freely).
 * Null for what is no address: unknown callers must not share one bucket.
 * @example ipBucket("2001:db8:0:1::7") // "2001:db8:0:1::/64"
 */
export function ipBucket(ip: string | null): string | null {
  if (ip === null || ip.length > 64) return null;
  const address = ip.trim().replace(/%.*$/, "").toLowerCase();
  const mapped = /^(?:::ffff:|::)(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  const v4 = mapped ?? address;
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(v4)) {
    const parts = v4.split(".").map(Number);
    return parts.every((part) => part <= 255) ? parts.join(".") : null;
  }
  const groups = expand(address);
  if (!groups) return null;
  // ::ffff:c000:0201 is an IPv4 address in another spelling.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join(".");
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

function expand(address: string): number[] | null {
  if (!/^[0-9a-f:]+$/.test(address)) return null;
  const halves = address.split("::");
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...tail];
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))
    ? groups.map((group) => parseInt(group, 16))
    : null;
}
