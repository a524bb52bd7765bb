import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { institutions } from "../../src/seed/institutions.ts";
import { audit } from "../../src/testing/store/fixtures.ts";
import { read } from "../support/service-ports.ts";
import { createWorld, MINUTE, PORTAL, type World } from "../support/world.ts";

const minato = institutions.minato.id;

/** The bytes of an export: reading them as text would drop the mark at their beginning. */
async function exported(world: World, body: Record<string, unknown>) {
  const client = await world.signedIn();
  const response = await raw(world, client, body);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  return { response, text, lines: text.split("\r\n") };
}

async function raw(
  world: World,
  client: Awaited<ReturnType<World["signedIn"]>>,
  body: Record<string, unknown>,
) {
  const path = "/v1/audit-events/export";
  const token = client.session?.accessToken ?? "";
  return world.backend.fetch(
    new Request(`https://api.example.jp${path}`, {
      method: "POST",
      headers: {
        "welby-client": "demo-portal",
        "content-type": "application/json",
        origin: PORTAL,
        authorization: `DPoP ${token}`,
        dpop: await client.proof("POST", path, token),
      },
      body: JSON.stringify(body),
    }),
  );
}

async function fill(world: World, count: number, changes: Parameters<typeof audit>[1] = {}): Promise<void> {
  await read(world.ports, async (tx) => {
    for (let index = 0; index < count; index++) {
      await tx.audit.insert(audit(minato, { at: world.now(), action: "test.filled", ...changes }));
    }
  });
}

describe("操作ログ as CSV", () => {
  test("AU-7 begins with the mark that Excel needs, ends each record by CRLF, and is offered as a file", async () => {
    const world = await createWorld();
    const { response, text, lines } = await exported(world, { action: "staff.removed" });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "text/csv; charset=utf-8");
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.match(
      decodeURIComponent(response.headers.get("content-disposition") ?? ""),
      /^attachment; filename="[\w.-]+"; filename\*=UTF-8''操作ログ_みなと青空総合病院_2025-11-22_2026-11-23\.csv$/,
    );
    assert.ok(text.startsWith("\uFEFF通し番号,日時(日本時間),"));
    assert.equal(lines.length, 3);
    assert.equal(lines.at(-1), "");
    assert.match(
      lines[1] ?? "",
      /^\d+,2026-10-24T09:00:00\.000\+09:00,[0-9a-f-]{36},鈴木 健一,admin,staff\.removed,/,
    );
  });

  test("A-049 names that a spreadsheet would run are text", async () => {
    const world = await createWorld();
    await fill(world, 1, { actorName: '=HYPERLINK("https://evil.example")', reason: "＋1" });
    const { text } = await exported(world, { action: "test.filled" });
    assert.ok(text.includes(`"'=HYPERLINK(""https://evil.example"")"`));
    assert.ok(text.includes(`"'＋1"`));
    assert.doesNotMatch(text, /(^|,|\r\n)"?[=＝＋－＠]/);
  });

  test("A-017 GC-5 names with markup are in it as they were typed", async () => {
    const world = await createWorld();
    await fill(world, 1, { actorName: "<img src=x onerror=alert(1)>" });
    assert.ok(
      (await exported(world, { action: "test.filled" })).text.includes(",<img src=x onerror=alert(1)>,"),
    );
  });

  test("holds all rows that the filter finds, newest first, over many pages", async () => {
    const world = await createWorld();
    await fill(world, 1203);
    await fill(world, 5, { action: "test.other" });
    const { lines } = await exported(world, { action: "test.filled" });
    assert.equal(lines.length, 1203 + 2);
    const numbers = lines.slice(1, -1).map((line) => Number(line.split(",")[0]));
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((a, b) => b - a),
    );
  });

  test("holds nothing of another institution, and nothing that was written after it began", async () => {
    const world = await createWorld();
    await fill(world, 3, { institutionId: institutions.sakura.id });
    await fill(world, 600);
    const response = await raw(world, await world.signedIn(), { action: "test.filled" });
    await fill(world, 600);
    const lines = (await response.text()).split("\r\n");
    assert.equal(lines.length, 600 + 2);
  });

  test("reads the next page only when the one before was taken, and none after the reader has gone", async () => {
    const world = await createWorld();
    await fill(world, 1700);
    let pages = 0;
    const transaction = world.store.transaction.bind(world.store);
    world.store.transaction = (work, options) =>
      transaction((tx) => {
        const list: typeof tx.audit.list = (where, listing) => {
          if (listing?.limit === 500) pages++;
          return tx.audit.list(where, listing);
        };
        return work({ ...tx, audit: { ...tx.audit, list } });
      }, options);
    const response = await raw(world, await world.signedIn(), { action: "test.filled" });
    const reader = response.body?.getReader();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(pages, 0);
    await reader?.read();
    await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(pages, 1);
    await reader?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(pages, 1);
  });

  test("SE-8 breaks off when the right is taken away in the middle", async () => {
    const world = await createWorld();
    await fill(world, 1_200);
    const response = await raw(world, await world.signedIn(), { action: "test.filled" });
    const reader = response.body?.getReader();
    await reader?.read();
    await world.store.transaction((transaction) =>
      transaction.staff.update({ email: "suzuki@minato.example.jp" }, { role: "staff" }),
    );
    let rows = 0;
    const rest = async () => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
        rows += new TextDecoder().decode(part.value).split("\r\n").length - 1;
    };
    await assert.rejects(rest);
    assert.ok(rows <= 1_000, `${rows} rows`);
  });

  test("SE-7 needs a password of the last five minutes", async () => {
    const world = await createWorld();
    const client = await world.signedIn();
    world.advance(6 * MINUTE);
    await client.refresh();
    const { status, body } = await client.send("exportAuditEvents", {});
    assert.equal(status, 403);
    assert.equal((body as { code: string }).code, "step_up_required");
  });

  test("takes the last 366 days where no beginning is named, and refuses a longer period", async () => {
    const world = await createWorld();
    const day = (days: number) => new Date(world.now().getTime() - days * 24 * 60 * MINUTE);
    await fill(world, 1, { at: day(366) });
    await fill(world, 2, { at: day(367) });
    const { lines } = await exported(world, { action: "test.filled" });
    assert.equal(lines.length, 3);
    const client = await world.signedIn();
    const { status, body } = await client.send("exportAuditEvents", { from: day(367).toISOString() });
    assert.equal(status, 422);
    assert.equal((body as { code: string }).code, "range_too_wide");
  });

  test("AU-1 each export is in the log, with its filter and its size", async () => {
    const world = await createWorld();
    await fill(world, 2);
    await exported(world, { action: "test.filled" });
    const [row] = await read(world.ports, (tx) => tx.audit.list({ action: "audit.exported" }));
    assert.deepEqual(row?.details, { action: "test.filled", total: 2 });
    assert.equal(row?.actorName, "鈴木 健一");
  });

  test("AU-5 AU-8 without its row in the log there is no export", async () => {
    const world = await createWorld();
    const client = await world.signedIn();
    const transaction = world.store.transaction.bind(world.store);
    world.store.transaction = (work, options) =>
      transaction((tx) => {
        const insert = () => Promise.reject(new Error("the audit log is full"));
        return work({ ...tx, audit: { ...tx.audit, insert } });
      }, options);
    assert.equal((await client.send("exportAuditEvents", {})).status, 500);
  });
});
