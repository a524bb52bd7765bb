import assert from "node:assert/strict";
import { test } from "node:test";
import { ipBucket } from "../../src/domain/ip.ts";

const buckets: readonly (readonly [string | null, string | null])[] = [
  ["192.0.2.7", "192.0.2.7"],
  [" 192.0.2.7 ", "192.0.2.7"],
  ["192.0.2.007", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["::FFFF:c000:0207", "192.0.2.7"],
  ["2001:db8:0:1::7", "2001:db8:0:1::/64"],
  ["2001:0DB8:0000:0001:1:2:3:4", "2001:db8:0:1::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["300.1.1.1", null],
  ["1.2.3", null],
  ["2001:db8:::1", null],
  ["1:2:3:4:5:6:7:8:9", null],
  ["1:2:3:4:5:6:7", null],
  ["12345::", null],
  ["unknown", null],
  ["", null],
  ["1".repeat(100), null],
  [null, null],
];
for (const [ip, bucket] of buckets) {
  test(`SI-4: ${JSON.stringify(ip)} is counted in ${JSON.stringify(bucket)}`, () =>
    assert.equal(ipBucket(ip), bucket));
}
