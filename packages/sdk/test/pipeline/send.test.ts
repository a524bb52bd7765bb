import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Environment } from "../../src/environment.ts";
import { TransportFailure, type TransportResponse } from "../../src/transport/transport.ts";
import type { ClientOptions } from "../../src/types.ts";
import { empty, group, ID, json, me, page, problem, signedIn, staffMember } from "../support/answers.ts";
import { CREDENTIALS, testClient } from "../support/client.ts";
import { fakeTime, settle, until } from "../support/fake-time.ts";
import { rejection } from "../support/rejection.ts";
import { scripted, type SentRequest } from "../support/scripted.ts";

type Script = (request: SentRequest, index: number) => TransportResponse | Promise<TransportResponse>;

/** A signed-in client whose later calls are answered by a script. Time is real, and pauses have no length, unless told. */
async function signedInClient(
  script: Script,
  options: Partial<ClientOptions> = {},
  environment: Partial<Environment> = {},
) {
  let count = 0;
  const transport = scripted((request) =>
    request.path === "/v1/auth/sign-in" ? signedIn() : script(request, count++),
  );
  const client = testClient({ transport, ...options }, environment);
  await client.auth.signIn(CREDENTIALS);
  transport.requests.length = 0;
  return { client, transport };
}
/** The same on a clock that stands still until it is told. */
async function timedClient(script: Script, options: Partial<ClientOptions> = {}, random = 0) {
  const time = fakeTime();
  return { time, ...(await signedInClient(script, options, { ...time, random: () => random })) };
}
const drop = () => {
  throw new TransportFailure("connection");
};
const gateway = (status: number) => ({ status, headers: { "content-type": "text/html" }, body: "" });
describe("repeating", () => {
  for (const status of [408, 429, 500, 502, 503, 504]) {
    test(`A-095 a safe call survives a ${status}`, async () => {
      const { client } = await signedInClient((_, index) => (index === 0 ? gateway(status) : json(me)));
      assert.equal((await client.me.get()).role, "admin");
    });
    test(`A-095 a keyed call survives a ${status} with the same key`, async () => {
      const { client, transport } = await signedInClient((_, index) =>
        index === 0 ? gateway(status) : json(group, 201),
      );
      await client.groups.create({ name: "外来A" });
      const keys = transport.requests.map(({ headers }) => headers["idempotency-key"]);
      assert.equal(keys.length, 2);
      assert.match(keys[0] ?? "", /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      assert.equal(keys[0], keys[1]);
    });
  }

  test("A-096 a keyed call whose answer was lost is sent again with the same key and body", async () => {
    const { client, transport } = await signedInClient((_, index) =>
      index === 0 ? drop() : json(group, 201),
    );
    await client.groups.create({ name: "外来A" });
    const [first, second] = transport.requests;
    assert.equal(first?.headers["idempotency-key"], second?.headers["idempotency-key"]);
    assert.equal(first?.body, second?.body);
    assert.notEqual(first?.headers["dpop"], second?.headers["dpop"]);
  });

  test("A-096 a password change whose answer was lost is not sent again: its current password may be another by now", async () => {
    const { client, transport } = await signedInClient(() => drop());
    const input = { currentPassword: "asagao-tegami-koharu-7", newPassword: "kingyo-furin-yukata-3" };
    assert.equal((await rejection(client.me.changePassword(input))).code, "connection_failed");
    assert.equal(transport.requests.length, 1);
  });

  test("A-096 ending a session is sent again: it ends once", async () => {
    const { client, transport } = await signedInClient((_, index) => (index === 0 ? drop() : empty()));
    await client.me.endSession(ID);
    assert.deepEqual(
      transport.requests.map(({ method, path }) => `${method} ${path}`),
      [`DELETE /v1/me/sessions/${ID}`, `DELETE /v1/me/sessions/${ID}`],
    );
  });

  test("the first calls after the network is back all go out, whatever failed while it was away", async () => {
    const online = new Set<() => void>();
    let away = true;
    const { client } = await signedInClient(
      () => (away ? drop() : json(me)),
      {},
      {
        onOnline: (listener) => {
          online.add(listener);
          return () => void online.delete(listener);
        },
      },
    );
    for (let call = 0; call < 5; call += 1) await rejection(client.me.get());
    away = false;
    assert.equal((await rejection(client.me.get())).code, "connection_failed", "refused unasked until then");
    for (const listener of online) listener();
    const answers = await Promise.all([client.me.get(), client.me.get()]);
    assert.deepEqual(
      answers.map(({ role }) => role),
      ["admin", "admin"],
    );
    client.dispose();
    assert.equal(online.size, 0, "nothing listens on");
  });

  test("the caller's own idempotency key is sent; one that is no UUID v4 is refused", async () => {
    const { client, transport } = await signedInClient(() => json(group, 201));
    const key = "5e0e7a86-4b5c-4c3e-9a1e-2f6d8c9b0a1f";
    await client.groups.create({ name: "外来A" }, { idempotencyKey: key });
    assert.equal(transport.requests[0]?.headers["idempotency-key"], key);
    assert.equal(
      (await rejection(client.groups.create({ name: "外来A" }, { idempotencyKey: "1" }))).code,
      "validation_failed",
    );
    assert.equal(transport.requests.length, 1);
  });

  test("each call has a key of its own", async () => {
    const { client, transport } = await signedInClient(() => json(group, 201));
    await Promise.all([client.groups.create({ name: "外来A" }), client.groups.create({ name: "外来A" })]);
    assert.notEqual(
      transport.requests[0]?.headers["idempotency-key"],
      transport.requests[1]?.headers["idempotency-key"],
    );
  });

  test("a sign-in is never sent twice", async () => {
    for (const failure of [
      drop,
      () => gateway(503),
      () => problem("rate_limited", {}, { "retry-after": "1" }),
    ]) {
      const transport = scripted(failure);
      const error = await rejection(testClient({ transport }).auth.signIn(CREDENTIALS));
      assert.equal(transport.requests.length, 1);
      assert.equal(error.retryable, true);
    }
  });

  test("a sign-in that never left is sent again", async () => {
    const transport = scripted((_, index) => {
      if (index === 0) throw new TransportFailure("connection", { notSent: true });
      return signedIn();
    });
    assert.equal((await testClient({ transport }).auth.signIn(CREDENTIALS)).status, "signed_in");
  });

  for (const code of [
    "last_admin",
    "validation_failed",
    "not_found",
    "version_conflict",
    "forbidden",
  ] as const) {
    test(`a ${code} is final`, async () => {
      const { client, transport } = await signedInClient(() => problem(code));
      assert.equal((await rejection(client.staff.get(ID))).code, code);
      assert.equal(transport.requests.length, 1);
    });
  }

  test("a call that the server is still carrying out is asked for again", async () => {
    const { client } = await signedInClient((_, index) =>
      index === 0 ? drop() : index === 1 ? problem("idempotency_in_flight") : json(group, 201),
    );
    assert.equal((await client.groups.create({ name: "外来A" })).id, ID);
  });

  test("ends after two repeats, with growing pauses", async () => {
    const { client, transport, time } = await timedClient(drop, {}, 0.999);
    const call = rejection(client.me.get());
    await until(() => transport.requests.length === 1 && time.timers === 2, "the first attempt");
    await time.advance(499);
    assert.equal(transport.requests.length, 1);
    await time.advance(1);
    await until(() => transport.requests.length === 2 && time.timers === 2, "the second attempt");
    await time.advance(998);
    assert.equal(transport.requests.length, 2);
    await time.advance(2);
    assert.equal((await call).code, "connection_failed");
    assert.equal(transport.requests.length, 3);
  });

  test("A-105 waits as long as the server asks", async () => {
    const { client, transport, time } = await timedClient((_, index) =>
      index === 0 ? problem("rate_limited", {}, { "retry-after": "5" }) : json(me),
    );
    const call = client.me.get();
    await until(() => transport.requests.length === 1 && time.timers === 2, "the first attempt");
    await time.advance(4999);
    assert.equal(transport.requests.length, 1);
    await time.advance(1);
    assert.equal((await call).role, "admin");
  });

  test("A-105 does not wait past the time of the call, and tells how long the server asked for", async () => {
    const { client, transport } = await signedInClient(() =>
      problem("rate_limited", {}, { "retry-after": "120" }),
    );
    const error = await rejection(client.me.get());
    assert.equal(error.retryAfterMs, 120_000);
    assert.match(error.message, /120秒後/);
    assert.equal(transport.requests.length, 1);
  });

  test("A-105 a storm of refusals does not become a storm of repeats", async () => {
    const { client, transport } = await signedInClient(() => problem("rate_limited"));
    const calls = Array.from({ length: 100 }, () => rejection(client.me.get()));
    await Promise.all(calls);
    assert.ok(transport.requests.length <= 150, `${transport.requests.length} requests for 100 calls`);
  });

  test("after five failures in a row calls fail without a request, and go out again a moment later", async () => {
    const { client, transport, time } = await timedClient(drop, { retry: { maxRetries: 0 } });
    for (let call = 0; call < 5; call += 1) await rejection(client.me.get());
    assert.equal(transport.requests.length, 5);
    const refused = await rejection(client.me.get());
    assert.equal(refused.code, "connection_failed");
    assert.equal(refused.outcomeUnknown, undefined);
    assert.equal(transport.requests.length, 5);
    await time.advance(1000);
    await rejection(client.me.get());
    assert.equal(transport.requests.length, 6);
  });

  test("maxRetries 0 sends once", async () => {
    const { client, transport } = await signedInClient(drop, { retry: { maxRetries: 0 } });
    await rejection(client.me.get());
    assert.equal(transport.requests.length, 1);
  });
});

describe("time limits", () => {
  const never = () => new Promise<TransportResponse>(() => {});

  test("A-099 an attempt ends after ten seconds, a call after thirty, whatever the transport does", async () => {
    const { client, transport, time } = await timedClient(never, {}, 0);
    const call = rejection(client.me.get());
    await until(() => transport.requests.length === 1);
    await time.advance(9999);
    assert.equal(transport.requests.length, 1);
    await time.advance(2);
    await until(() => transport.requests.length === 2);
    await time.advance(10_001);
    await until(() => transport.requests.length === 3);
    await time.advance(10_000);
    const error = await call;
    assert.equal(error.code, "timeout");
    assert.ok(time.elapsed() <= 30_100);
    assert.equal(transport.requests[0]?.signal?.aborted, true);
  });

  test("the limits are options", async () => {
    const { client, transport, time } = await timedClient(never, { timeoutMs: { attempt: 100, total: 150 } });
    const call = rejection(client.me.get());
    await until(() => transport.requests.length === 1);
    await time.advance(101);
    await until(() => transport.requests.length === 2);
    await time.advance(50);
    assert.equal((await call).code, "timeout");
    assert.equal(transport.requests.length, 2);
  });

  test("leaves no timer behind", async () => {
    const { client, time } = await timedClient(() => json(me));
    await client.me.get();
    assert.equal(time.timers, 0);
  });

  test("SD-9 a cancelled call ends at once with `aborted`, and its signal's reason is not looked at", async () => {
    const { client, transport } = await signedInClient(never);
    const controller = new AbortController();
    const call = rejection(client.me.get({ signal: controller.signal }));
    await until(() => transport.requests.length === 1);
    controller.abort("asagao-tegami-koharu-7");
    const error = await call;
    assert.equal(error.code, "aborted");
    assert.ok(!JSON.stringify(error).includes("asagao"));
    assert.equal(transport.requests[0]?.signal?.aborted, true);
  });

  test("a call that was cancelled before it began sends nothing", async () => {
    const { client, transport } = await signedInClient(never);
    assert.equal((await rejection(client.me.get({ signal: AbortSignal.abort() }))).code, "aborted");
    assert.equal(transport.requests.length, 0);
  });

  test("dispose ends calls under way and refuses new ones", async () => {
    const { client, transport } = await signedInClient(never);
    const call = rejection(client.me.get());
    await until(() => transport.requests.length === 1);
    client.dispose();
    assert.equal((await call).code, "client_disposed");
    assert.equal((await rejection(client.me.get())).code, "client_disposed");
    assert.equal((await rejection(client.auth.signIn(CREDENTIALS))).code, "client_disposed");
    assert.equal(transport.requests.length, 1);
  });
});

describe("an outcome that is not known", () => {
  const change = { staffId: ID, role: "staff", version: 3 } as const;
  const cases: [string, Script, boolean | undefined][] = [
    ["the connection broke", drop, true],
    [
      "the answer was no answer of the service",
      () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<p>" }),
      true,
    ],
    ["a gateway gave up", () => gateway(504), true],
    [
      "the request never left",
      () => {
        throw new TransportFailure("connection", { notSent: true });
      },
      undefined,
    ],
    ["the service refused", () => problem("last_admin"), undefined],
    ["the service was busy", () => problem("overloaded"), undefined],
    [
      "a repeat was refused for good",
      (_, index) => (index === 0 ? drop() : problem("last_admin")),
      undefined,
    ],
    ["a repeat found the service busy", (_, index) => (index === 0 ? drop() : problem("overloaded")), true],
  ];
  for (const [name, script, expected] of cases) {
    test(`is ${expected ? "told" : "not claimed"} when ${name}`, async () => {
      const { client } = await signedInClient(script);
      const error = await rejection(client.staff.changeRole(change));
      assert.equal(error.outcomeUnknown, expected);
      assert.equal(error.operation, "changeStaffRole");
    });
  }

  test("is never claimed for a call that changes nothing", async () => {
    const { client } = await signedInClient(drop);
    assert.equal((await rejection(client.staff.get(ID))).outcomeUnknown, undefined);
    assert.equal((await rejection(client.patients.search({ query: "佐藤" }))).outcomeUnknown, undefined);
  });

  test("is told when a write is cancelled on its way", async () => {
    const { client, transport } = await signedInClient(() => new Promise(() => {}));
    const controller = new AbortController();
    const call = rejection(client.staff.changeRole(change, { signal: controller.signal }));
    await until(() => transport.requests.length === 1);
    controller.abort();
    assert.equal((await call).outcomeUnknown, true);
  });
});

describe("what is sent", () => {
  test("the version travels as If-Match, the ids in the path, the rest in the body", async () => {
    const { client, transport } = await signedInClient(() => json(staffMember));
    await client.staff.changeRole({ staffId: ID, role: "admin", version: 3, reason: "当直のため" });
    const [request] = transport.requests;
    assert.equal(request?.method, "PUT");
    assert.equal(request?.path, `/v1/staff/${ID}/role`);
    assert.equal(request?.headers["if-match"], '"3"');
    assert.deepEqual(request?.json, { role: "admin", reason: "当直のため" });
  });

  test("A-010 nothing at all for an id that is none", async () => {
    const { client, transport } = await signedInClient(() => json(staffMember));
    for (const id of [
      "../admin",
      "..",
      ".",
      "",
      "https://evil.example",
      "//evil.example",
      "%2e%2e",
      `${ID}/../../admin`,
    ]) {
      const error = await rejection(client.staff.get(id));
      assert.equal(error.code, "validation_failed");
      assert.deepEqual(
        error.fieldErrors?.map(({ path }) => path),
        ["staffId"],
      );
    }
    assert.equal(transport.requests.length, 0);
  });

  test("nothing but a typed error on an insecure page", async () => {
    const transport = scripted(() => signedIn());
    const error = await rejection(
      testClient({ transport }, { secureContext: false }).auth.signIn(CREDENTIALS),
    );
    assert.equal(error.code, "insecure_context");
    assert.match(error.message, /https/);
    assert.equal(transport.requests.length, 0);
  });

  test("a signed-in call without a session is refused here", async () => {
    const transport = scripted(() => json(me));
    assert.equal((await rejection(testClient({ transport }).me.get())).code, "unauthenticated");
    assert.equal(transport.requests.length, 0);
  });

  test("a transport that throws something of its own becomes a typed error without it", async () => {
    const { client } = await signedInClient(() => {
      throw Object.assign(new Error("password=asagao"), { config: { password: "asagao" } });
    });
    const error = await rejection(client.staff.get(ID));
    assert.equal(error.code, "connection_failed");
    assert.equal(error.cause, undefined);
    assert.ok(!JSON.stringify(error).includes("asagao"));
  });

  test("the logger hears operation, path template, status and request id, and no value", async () => {
    const heard: unknown[] = [];
    const logger = {
      debug: (message: string, fields: object) => heard.push([message, fields]),
      warn: () => {},
    };
    const { client } = await signedInClient(() => problem("not_found"), { logger });
    heard.length = 0;
    await rejection(client.staff.get(ID));
    assert.deepEqual(heard, [
      [
        "request",
        {
          operation: "getStaff",
          path: "/v1/staff/{staffId}",
          attempt: 1,
          code: "not_found",
          status: 404,
          requestId: "req-1",
        },
      ],
    ]);
  });

  test("a logger that throws harms nothing", async () => {
    const logger = {
      debug: () => {
        throw new Error("disk full");
      },
      warn: () => {
        throw new Error("disk full");
      },
    };
    const { client } = await signedInClient(() => json(me), { logger });
    assert.equal((await client.me.get()).role, "admin");
  });
});

describe("a list", () => {
  const pages: Script = ({ path }) => {
    const cursor = new URL(`https://x${path}`).searchParams.get("cursor");
    if (cursor === null) return json(page([staffMember, staffMember], "c1"));
    return json(page([staffMember], cursor === "c1" ? "c2" : null));
  };

  test("fetches nothing before it is used", async () => {
    const { client, transport } = await signedInClient(pages);
    client.staff.list();
    await settle();
    assert.equal(transport.requests.length, 0);
  });

  test("is its first page when awaited", async () => {
    const { client, transport } = await signedInClient(pages);
    const first = await client.staff.list({ limit: 2 });
    assert.equal(first.items.length, 2);
    assert.equal(first.nextCursor, "c1");
    assert.deepEqual(
      transport.requests.map(({ path }) => path),
      ["/v1/staff?limit=2"],
    );
  });

  test("is all items of all pages in a loop", async () => {
    const { client, transport } = await signedInClient(pages);
    let count = 0;
    for await (const member of client.staff.list({ limit: 2 })) count += member.id === ID ? 1 : 0;
    assert.equal(count, 4);
    assert.deepEqual(
      transport.requests.map(({ path }) => path),
      ["/v1/staff?limit=2", "/v1/staff?limit=2&cursor=c1", "/v1/staff?limit=2&cursor=c2"],
    );
  });

  test("stops fetching when the loop is left", async () => {
    const { client, transport } = await signedInClient(pages);
    for await (const member of client.staff.list()) if (member) break;
    assert.equal(transport.requests.length, 1);
  });

  test("gives pages, and a number of items over pages", async () => {
    const { client, transport } = await signedInClient(pages);
    const sizes: number[] = [];
    for await (const { items } of client.staff.list().pages()) sizes.push(items.length);
    assert.deepEqual(sizes, [2, 1, 1]);
    transport.requests.length = 0;
    assert.equal((await client.staff.list().collect({ limit: 3 })).length, 3);
    assert.equal(transport.requests.length, 2);
    assert.deepEqual(await client.staff.list().collect({ limit: 0 }), []);
  });

  test("ends with a protocol error when a server hands out a cursor twice", async () => {
    const { client, transport } = await signedInClient(() => json(page([staffMember], "again")));
    assert.equal((await rejection(client.staff.list().collect({ limit: 1000 }))).code, "protocol_error");
    assert.equal(transport.requests.length, 2);
  });

  test("that fails can be used again", async () => {
    const { client } = await signedInClient((request, index) =>
      index === 0 ? problem("forbidden") : pages(request, index),
    );
    const list = client.staff.list();
    assert.equal((await rejection(list)).code, "forbidden");
    assert.equal((await list).items.length, 2);
  });

  test("starts by kana row on its first page only", async () => {
    const { client, transport } = await signedInClient((_, index) =>
      json({ ...page([], index === 0 ? "c1" : null), kanaIndex: [] }),
    );
    for await (const found of client.patients.search({ startAt: "さ", limit: 10 }).pages()) assert.ok(found);
    assert.deepEqual(
      transport.requests.map(({ json }) => json),
      [
        { sort: "kana", limit: 10, startAt: "さ" },
        { sort: "kana", limit: 10, cursor: "c1" },
      ],
    );
  });
});
