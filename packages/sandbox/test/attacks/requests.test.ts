import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import { operations } from "@welby/contract";
import { endlessBody, get, rawHttp } from "../support/raw-http.ts";
import { onBothEngines } from "../support/engines.ts";

const WRITES = Object.values(operations).filter(({ method }) => method !== "GET");
const EVIL = "https://evil.example";
const path = (template: string) => template.replace(/\{\w+\}/g, "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11");

onBothEngines("what a request may hold", (target) => {
  test("A-001 a login id that is SQL is an unknown one", async () => {
    const device = await target().device();
    for (const loginId of [`' OR '1'='1' --`, `suzuki@minato.example.jp' --`, `"; drop table accounts; --`]) {
      const { status, body } = await device.signIn(loginId, "x");
      assert.ok([401, 422].includes(status), `${status}`);
      assert.ok(["invalid_credentials", "validation_failed"].includes(body.code));
    }
    assert.equal((await (await target().device()).signIn("suzuki@minato.example.jp")).status, 200);
  });

  test("A-002 A-006 a name that is SQL, a shell command or a file is kept as it is, and does nothing", async () => {
    const admin = await target().signedIn();
    const names = [
      `'); DROP TABLE groups;--`,
      "; touch pwned",
      "$(touch pwned)",
      "`touch pwned`",
      "| touch pwned",
    ];
    for (const name of names) {
      const created = await admin.send("createGroup", { name });
      assert.deepEqual([created.status, created.body.name], [201, name]);
    }
    const { body } = await admin.send("listGroups", { limit: 200 });
    const kept = (body.items as { name: string }[]).map(({ name }) => name);
    assert.ok(names.every((name) => kept.includes(name)));
    assert.equal(existsSync("pwned"), false);
  });

  test("A-004 wildcards of a search match themselves only", async () => {
    const staff = await target().signedIn("takahashi@minato.example.jp");
    for (const query of ["%", "_", "\\", "%' OR 1=1 --"]) {
      const { status, body } = await staff.send("searchPatients", { query, limit: 5 });
      assert.deepEqual([status, body.total], [200, 0], query);
    }
  });

  test("A-005 an object where a text belongs is refused", async () => {
    const staff = await target().signedIn("takahashi@minato.example.jp");
    for (const query of [{ $ne: null }, { $gt: "" }, ["a"]])
      assert.equal((await staff.send("searchPatients", { query })).status, 422);
    const device = await target().device();
    const signIn = { audience: "staff", loginId: { $ne: null }, password: { $ne: null } };
    assert.equal((await device.send("signIn", signIn)).status, 422);
  });

  test("A-008 paths that climb lead nowhere, to a stranger and to an administrator", async () => {
    // As they are: `fetch` would tidy them up.
    for (const climbing of [
      "/static/..%2f..%2fetc/passwd",
      "/%2e%2e/%2e%2e/etc/passwd",
      "/static/../../etc/passwd",
    ]) {
      const { status, body } = await rawHttp(
        target().sandbox.port,
        get(climbing, { "welby-client": "demo-portal" }),
      );
      assert.deepEqual([status, body.includes("root:")], [404, false], climbing);
    }
    const admin = await target().signedIn();
    for (const climbing of ["/v1/staff/..%2f..%2fhealth", "/v1/staff/..%5c..%5chealth", "/v1/staff/%00"]) {
      const { status } = await admin.request("GET", climbing, { session: admin.session });
      assert.ok([404, 422].includes(status), `${climbing}: ${status}`);
    }
  });

  test("A-009 an id that is a path is refused, wherever an id may stand", async () => {
    const admin = await target().signedIn();
    for (const id of ["../../x", "..%2f..%2fx", "/etc/passwd", "C:\\x", "7f0c1f57", "%"]) {
      for (const [operation, name] of [
        ["getStaff", "staffId"],
        ["getPatientGroups", "patientId"],
      ] as const) {
        const { status } = await admin.send(operation, { [name]: id });
        assert.ok([404, 422].includes(status), `${operation} ${id}: ${status}`);
      }
      // The outbox takes no proxy's word for who asks, so this is the local reader's view of it.
      const { status } = await target().raw(`/outbox/${encodeURIComponent(id)}`);
      assert.equal(status, 422, id);
    }
  });

  test("A-021 what is reflected is JSON, never markup", async () => {
    const markup = "<script>alert(1)</script>";
    const response = await target().raw(`/v1/${encodeURIComponent(markup)}`, {
      headers: { "welby-client": markup },
    });
    assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.equal((await response.text()).includes("<script"), false);
  });

  test("A-028 A-047 headers that name another method, person, hospital or address change nothing", async () => {
    const staff = await target().signedIn("takahashi@minato.example.jp");
    const headers = {
      "x-http-method-override": "DELETE",
      "x-method-override": "DELETE",
      "x-org-id": "another",
      "x-user-id": "another",
      "x-original-url": "/v1/staff",
      "x-rewrite-url": "/v1/staff",
      "x-real-ip": "198.51.100.99",
      "true-client-ip": "198.51.100.99",
    };
    const { status, body } = await staff.send("getMe", {}, { headers });
    assert.deepEqual([status, body.institution.name], [200, "みなと青空総合病院"]);
    assert.equal((await staff.send("listStaff", {}, { headers })).status, 403);
    const refused = (await target().audit("access.refused")).at(-1);
    assert.notEqual(refused?.ip, "198.51.100.99");
    assert.equal(
      (await staff.request("POST", "/v1/me?_method=DELETE", { session: staff.session })).status,
      405,
    );
  });

  test("A-043 fields that nobody may set are refused, not dropped", async () => {
    const admin = await target().signedIn();
    for (const extra of [
      { role: "admin" },
      { institutionId: "x" },
      { __proto__x: 1 },
      { constructor: { prototype: {} } },
    ])
      assert.equal(
        (await admin.send("createGroup", { name: "追加", ...extra })).status,
        422,
        JSON.stringify(extra),
      );
  });

  describe("too much of it", () => {
    test("A-036 an endless body is refused while it arrives", async () => {
      const headers = "Welby-Client: demo-portal\r\nContent-Type: application/json\r\n";
      const { status, ms } = await endlessBody(target().sandbox.port, "/v1/auth/password-resets", headers);
      assert.equal(status, 413);
      assert.ok(ms < 10_000, `closed only after ${ms} ms`);
    });

    test("A-037 JSON of 100,000 levels is no request", async () => {
      const body = "[".repeat(100_000) + "]".repeat(100_000);
      assert.equal((await post("/v1/auth/sign-in", body)).status, 400);
    });

    test("A-038 a password of a megabyte and an address of 64 KB are refused before anything looks at them", async () => {
      const [password, loginId] = ["x".repeat(900_000), `${"a".repeat(64_000)}@example.jp`];
      const large = [
        { audience: "staff", loginId: "suzuki@minato.example.jp", password },
        { audience: "staff", loginId, password: "x" },
      ];
      for (const one of large)
        assert.equal((await post("/v1/auth/sign-in", JSON.stringify(one))).status, 422);
      const reset = { audience: "patient", email: loginId };
      assert.equal((await post("/v1/auth/password-resets", JSON.stringify(reset))).status, 422);
    });

    test("A-040 texts made to keep a pattern busy are answered as quickly as others", async () => {
      const staff = await target().signedIn("takahashi@minato.example.jp");
      const pumps = [
        "%_".repeat(50),
        "a".repeat(100),
        "゛".repeat(100),
        "ｶﾞ".repeat(50),
        "\u0301".repeat(100),
        " ".repeat(100),
      ];
      for (const query of pumps) {
        const started = performance.now();
        const { status } = await staff.send("searchPatients", { query });
        assert.ok([200, 422].includes(status));
        assert.ok(performance.now() - started < 2_000, JSON.stringify(query.slice(0, 4)));
      }
      for (const email of [
        `${"a.".repeat(100)}@example.jp`,
        `a@${"a-".repeat(100)}.jp`,
        `${"@".repeat(200)}`,
      ])
        assert.ok(
          [202, 422].includes(
            (await post("/v1/auth/password-resets", JSON.stringify({ audience: "staff", email }))).status,
          ),
        );
    });

    async function post(to: string, body: string) {
      const device = await target().device();
      return device.request("POST", to, { body, headers: { "content-type": "application/json" } });
    }
  });

  describe("from pages of other sites", () => {
    const from = { origin: EVIL, "sec-fetch-site": "cross-site" };

    test("A-024 a form of any type reaches no operation that changes something", async () => {
      const types = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"];
      for (const { method, path: template } of WRITES) {
        for (const type of types) {
          const headers = { ...from, "content-type": type, "welby-client": "demo-portal" };
          const { status } = await target().raw(path(template), { method, headers, body: "a=b" });
          assert.equal(status, 403, `${method} ${template} ${type}`);
        }
      }
    });

    test("A-024 without the words of a browser a form is no JSON", async () => {
      const device = await target().device();
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const { status } = await device.request("POST", "/v1/auth/sign-in", { headers, body: "loginId=a" });
      assert.equal(status, 415);
    });

    test("A-025 JSON with credentials is refused in its preflight and by itself; a cookie opens nothing", async () => {
      const admin = await target().signedIn();
      const asking = {
        ...from,
        "access-control-request-method": "POST",
        "access-control-request-headers": "dpop",
      };
      const preflight = await target().raw("/v1/groups", { method: "OPTIONS", headers: asking });
      assert.equal(preflight.status, 403);
      const direct = await admin.send("createGroup", { name: "よそから" }, { headers: from });
      assert.equal(direct.status, 403);
      const cookie = `session=${admin.session?.accessToken}; refresh=${admin.session?.refreshToken}`;
      const withCookie = await target().raw("/v1/me", { headers: { cookie, "welby-client": "demo-portal" } });
      assert.equal(withCookie.status, 401);
    });

    test("A-026 an origin that is null, and none where the browser says cross-site, are nobody", async () => {
      const nobodies: Record<string, string>[] = [{ origin: "null" }, { "sec-fetch-site": "cross-site" }];
      for (const headers of nobodies)
        for (const to of ["/v1/meta", "/v1/auth/sign-in", "/health", "/v1/nowhere"])
          assert.equal(
            (await target().raw(to, { headers: { ...headers, "welby-client": "demo-portal" } })).status,
            403,
            to,
          );
    });

    test("A-027 an attacker cannot sign somebody's browser in with the attacker's own password", async () => {
      const device = await target().device();
      const credentials = {
        audience: "staff",
        loginId: "tanaka@minato.example.jp",
        password: "asagao-tegami-koharu-7",
      };
      const json = await device.send("signIn", credentials, { headers: from });
      assert.deepEqual([json.status, json.body.code, device.session], [403, "origin_not_allowed", null]);
      const form = await target().raw("/v1/auth/sign-in", {
        method: "POST",
        headers: { ...from, "content-type": "text/plain", "welby-client": "demo-portal" },
        body: JSON.stringify(credentials),
      });
      assert.equal(form.status, 403);
      // The same call of the portal's own page goes through, so it was the origin that was refused.
      const own = await target().device({ origin: "http://localhost:8080" });
      assert.equal((await own.send("signIn", credentials)).status, 200);
    });
  });

  describe("and what answers and the log hold then", () => {
    test("A-089 line ends and control characters of a caller stay inside one line, and no name reaches it", async () => {
      const device = await target().device();
      await device.signIn('mallory\r\n{"level":"error"}\u001b[31m@mallory.example', "Canary-Password-1");
      await device.request("GET", "/v1/nowhere?token=Canary-Query", {
        headers: { "user-agent": "Canary-Agent" },
      });
      for (const canary of ["mallory", "Canary", "\u001b"])
        assert.equal(target().log().includes(canary), false, canary);
    });

    test("A-092 nobody keeps an answer for somebody else: none is stored, and no tag brings one back unread", async () => {
      const [one, other] = [
        await target().signedIn(),
        await target().signedIn("takahashi@minato.example.jp"),
      ];
      const { headers, body } = await one.send("getMe");
      assert.deepEqual([headers.get("cache-control"), headers.get("vary")], ["no-store", "Origin"]);
      const tag = headers.get("etag") ?? '"1"';
      const asked = await other.send(
        "getMe",
        {},
        { headers: { "if-none-match": tag, "if-modified-since": new Date().toUTCString() } },
      );
      assert.equal(asked.status, 200);
      assert.notDeepEqual(asked.body.name, body.name);
    });

    test("A-015 no operation sets a cookie, signed in or not", async () => {
      const admin = await target().signedIn();
      for (const { id, method, path: template } of Object.values(operations)) {
        // The sign-out and the end of all sessions would end this test's own.
        const session = /signOut|endSession|withdraw/i.test(id) ? null : admin.session;
        const input = method === "GET" ? {} : { headers: { "content-type": "application/json" }, body: "{}" };
        for (const one of [session, null]) {
          const answer = await admin.request(method, path(template), { ...input, session: one });
          assert.equal(answer.headers.get("set-cookie"), null, id);
        }
      }
    });
  });
});
