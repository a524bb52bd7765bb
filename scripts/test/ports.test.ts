import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { freePort, portOrNext } from "../ports.mjs";

test("a free port is taken as wished", async () => {
  const port = await freePort();
  assert.equal(await portOrNext(port), port);
});

test("a taken port gives way to a higher one", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  assert.ok((await portOrNext(port)) > port);
  other.close();
});

test("a promised port gives way as well", async () => {
  const port = await freePort();
  assert.ok((await portOrNext(port, [port])) > port);
});
