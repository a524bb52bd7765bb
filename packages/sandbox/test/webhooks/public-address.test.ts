import assert from "node:assert/strict";
import { test } from "node:test";
import { isPublicAddress, mayReceive } from "../../src/webhooks/public-address.ts";

const PRIVATE = [
  ["loopback", "127.0.0.1", "127.255.255.254", "::1"],
  ["this host", "0.0.0.0", "0.1.2.3", "::"],
  ["private networks", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1"],
  ["link-local, the metadata service", "169.254.169.254", "169.254.0.1", "fe80::1", "fd00:ec2::254"],
  ["a cloud's own services", "100.100.100.200", "168.63.129.16", "192.0.0.192"],
  ["carriers' shared space", "100.64.0.1", "100.127.255.255"],
  ["IPv4 within IPv6", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1"],
  ["IPv4 behind NAT64, Teredo and 6to4", "64:ff9b::7f00:1", "2001:0:7f00:1::", "2002:7f00:1::1"],
  [
    "documentation and benchmarks",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "198.18.0.1",
    "2001:db8::1",
    "3fff::1",
  ],
  [
    "multicast, broadcast, reserved",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "ff02::1",
  ],
  ["no address at all", "", "localhost", "127.1", "2130706433", "0x7f000001", "8.8.8.8:80", "fe80::1%eth0"],
] as const;

for (const [what, ...addresses] of PRIVATE) {
  test(`${what}: not the public internet`, () => {
    for (const address of addresses) assert.equal(isPublicAddress(address), false, address);
  });
}

test("the public internet", () => {
  for (const address of [
    "8.8.8.8",
    "1.1.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "192.0.1.1",
    "2606:4700::1111",
    "2400:cb00::1",
  ])
    assert.equal(isPublicAddress(address), true, address);
});

test("a developer's own machine is reached by its own switch, and no other private address is", () => {
  for (const address of ["127.0.0.1", "::1"]) {
    assert.equal(mayReceive(address, false), false, address);
    assert.equal(mayReceive(address, true), true, address);
  }
  for (const address of ["0.0.0.0", "10.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "fe80::1"])
    assert.equal(mayReceive(address, true), false, address);
});
