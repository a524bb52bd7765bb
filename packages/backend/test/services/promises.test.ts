import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Meta, Promises } from "@welby/contract/schemas";
import { createWorld } from "../support/world.ts";

const read = async (options: Parameters<typeof createWorld>[0] = {}) => {
  const client = await (await createWorld(options)).client();
  return {
    promises: (await client.send("getPromises")).body as Promises,
    meta: (await client.send("getMeta")).body as Meta,
  };
};

describe("the promises of the white paper", () => {
  test("are open to everybody, all 19 clauses in both languages", async () => {
    const { promises } = await read();
    assert.deepEqual(
      promises.clauses.map(({ clause }) => clause),
      Array.from({ length: 19 }, (_, index) => index + 1),
    );
    for (const { title, promises: said } of promises.clauses) {
      assert.match(title.ja, /[ぁ-ん一-龠]/);
      assert.doesNotMatch(title.en, /[ぁ-ん一-龠]/);
      for (const { text, keepers } of said) {
        for (const { ja, en } of [text, ...keepers.map(({ how }) => how)]) {
          assert.match(ja, /。$/);
          assert.match(en, /^[A-Z][^ぁ-ん一-龠]*\.$/);
        }
      }
    }
  });

  test("clause 18 the certificate is Welby's, as the white paper states it, and not this software's", async () => {
    const { promises } = await read();
    const [certified] = promises.clauses.find(({ clause }) => clause === 18)?.promises ?? [];
    assert.match(certified?.text.en ?? "", /as stated in version 1\.0/);
    assert.deepEqual(
      certified?.keepers.map(({ keeper }) => keeper),
      ["welby"],
    );
    assert.match(certified?.keepers[0]?.how.en ?? "", /not a certificate of this software/);
  });

  test("clause 2 the place of the data is the one that the operator configured; without it none is claimed", async () => {
    const unset = await read();
    assert.equal(unset.meta.dataLocation, null);
    assert.doesNotMatch(JSON.stringify(unset.meta), /tokyo|東京|ap-northeast/i);
    const { meta } = await read({ options: { dataLocation: "東京" } });
    assert.equal(meta.dataLocation, "東京");
  });

  test("clause 19 the services that get data are those that the operator configured; without any there are none", async () => {
    assert.deepEqual((await read()).meta.subProcessors, []);
    const subProcessors = [{ name: "SendGrid", purpose: "メール配信", data: ["メールアドレス"] }];
    assert.deepEqual((await read({ options: { subProcessors } })).meta.subProcessors, subProcessors);
  });
});
