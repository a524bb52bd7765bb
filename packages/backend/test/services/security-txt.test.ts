import assert from "node:assert/strict";
import { test } from "node:test";
import { createWorld, HOUR } from "../support/world.ts";

async function read(contact?: string) {
  const world = await createWorld(contact === undefined ? {} : { options: { securityContact: contact } });
  const response = await world.backend.fetch(new Request("https://api.example.jp/.well-known/security.txt"));
  const text = await response.text();
  const fields = text.split("\r\n").map((line) => line.split(": ") as [string, string]);
  assert.deepEqual(fields.pop(), [""], "the last line has no end");
  return { world, response, fields: new Map(fields) };
}

test("security.txt: plain text with a contact, an end within the year, and its own address (RFC 9116)", async () => {
  const { world, response, fields } = await read();
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/plain; charset=utf-8");
  assert.equal(fields.get("Contact"), "mailto:security@api.example.jp");
  assert.equal(fields.get("Canonical"), "https://api.example.jp/.well-known/security.txt");
  assert.equal(fields.get("Preferred-Languages"), "ja, en");
  const left = Date.parse(fields.get("Expires") ?? "") - world.now().getTime();
  assert.ok(left > 0 && left < 365 * 24 * HOUR);
});

test("security.txt names the operator's own contact where one is configured", async () => {
  const { fields } = await read("https://example.jp/security");
  assert.equal(fields.get("Contact"), "https://example.jp/security");
});
