import assert from "node:assert/strict";
import { test } from "node:test";
import { createWorld } from "../support/world.ts";

const INJECTED = "%0d%0aSet-Cookie:x=1";
const PATHS = [
  `/v1/meta?return_to=/${INJECTED}`,
  `/v1/meta${INJECTED}`,
  `/${INJECTED}`,
  `/v1/staff/${INJECTED}`,
  `/v1/staff?cursor=${INJECTED}`,
  `/v1/notices/${INJECTED}/acknowledge`,
  `/.well-known/security.txt${INJECTED}`,
  `/health?return_to=//evil.example/${INJECTED}`,
];

/** What an answer may tell by headers; every value is the service's own. */
const KNOWN = [
  "allow",
  "cache-control",
  "content-length",
  "content-security-policy",
  "content-type",
  "cross-origin-resource-policy",
  "date",
  "dpop-nonce",
  "referrer-policy",
  "retry-after",
  "vary",
  "welby-request-id",
  "www-authenticate",
  "x-content-type-options",
];

test("A-029 line ends in an address get into no header, and no answer leads elsewhere", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  for (const path of PATHS) {
    for (const method of ["GET", "POST", "HEAD", "OPTIONS"]) {
      const { status, headers } = await client.request(method, path, { session: client.session });
      assert.ok(status < 300 || status >= 400, `${method} ${path} redirects`);
      assert.ok(status < 500, `${method} ${path} answers ${status}`);
      for (const [name, value] of headers) {
        assert.ok(KNOWN.includes(name), `${method} ${path} answers ${name}`);
        assert.doesNotMatch(value, /x=1|evil/, `${method} ${path} repeats its input in ${name}`);
      }
    }
  }
});

test("A-029 what a request claims about itself is no answer's header either", async () => {
  const world = await createWorld();
  const client = await world.signedIn();
  const headers = {
    "x-forwarded-host": "evil.example",
    referer: "https://evil.example/",
    "idempotency-key": "x=1",
    "if-match": '"x=1"',
    traceparent: "evil",
  };
  const answer = await client.request("POST", "/v1/groups", { session: client.session, headers });
  for (const [name, value] of answer.headers) assert.doesNotMatch(value, /x=1|evil/, name);
});
