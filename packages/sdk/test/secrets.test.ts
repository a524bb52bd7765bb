import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { format, inspect } from "node:util";
import { createClient, type WelbyClient } from "../src/index.ts";
import { memoryStore } from "../src/stores/memory.ts";
import { axiosTransport } from "../src/transport/axios.ts";
import { startServer } from "./support/http-server.ts";

const SECRETS = {
  password: "asagao-tegami-koharu-7",
  loginId: "sato.kazuko@example.jp",
  newPassword: "yamabuki-densha-minato-3",
  resetToken: "reset_token_0123456789abcdef",
  access: "access_token_planted_0123456789",
  refresh: "refresh_token_planted_0123456789",
  search: "佐藤和子",
  groupName: "外来ひみつ",
};

/** Everything that a log, a reporter or a person could make of an error. */
function expressions(error: unknown): string[] {
  const seen: string[] = [
    String(error),
    inspect(error, { depth: 20, showHidden: true, getters: true }),
    inspect({ error }),
    format("%s %o %O %j", error, error, error, error),
    JSON.stringify(error),
    JSON.stringify({ error }),
  ];
  for (
    let current = error as (Error & Record<string, unknown>) | undefined;
    current;
    current = current.cause as never
  ) {
    seen.push(String(current.stack), current.message);
    for (const key of Reflect.ownKeys(current))
      seen.push(`${String(key)}=${inspect(current[key as string], { depth: 20 })}`);
  }
  return seen;
}
function assertClean(texts: readonly string[], where: string): void {
  for (const [name, secret] of Object.entries(SECRETS)) {
    for (const form of [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64"),
      JSON.stringify(secret).slice(1, -1),
    ]) {
      for (const text of texts)
        assert.ok(!text.includes(form), `${where}: the ${name} stands in ${text.slice(0, 500)}`);
    }
  }
}

/** Every text that a server was sent, and the tokens that it gave. */
function secretsOf(body: string): string[] {
  const texts: string[] = [SECRETS.access, SECRETS.refresh];
  const walk = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(walk);
  };
  walk(body === "" ? null : JSON.parse(body));
  return texts;
}

/** What a server does wrong, with all that it was sent echoed back wherever it fits. */
const faults = [
  "echo-problem",
  "echo-unknown-code",
  "html",
  "malformed",
  "cut",
  "wrong-shape",
  "redirect",
  "hang-up",
  "never",
  "huge",
  "empty",
] as const;
let fault: (typeof faults)[number] | "none" = "none";
const server = await startServer(({ path, headers, body }, response) => {
  const echo = `${body} ${headers.authorization ?? ""} ${String(headers["dpop"] ?? "")} ${path}`;
  const secrets = secretsOf(body);
  const every = secrets.join(" ");
  if (fault === "none") {
    const session = {
      id: "0b0f7d34-6c1e-4b5e-9a70-3d2f0c5f8a11",
      authenticatedAt: "2026-11-23T21:00:00+09:00",
      idleTimeoutSec: 900,
      absoluteExpiresAt: "2026-11-24T09:00:00+09:00",
    };
    const grant = {
      accessToken: SECRETS.access,
      tokenType: "DPoP",
      expiresInSec: 300,
      refreshToken: SECRETS.refresh,
      session,
    };
    const known = path === "/v1/auth/sign-in";
    return void response
      .writeHead(known ? 200 : 204, { "content-type": "application/json" })
      .end(known ? JSON.stringify({ status: "signed_in", grant, lastSignInAt: null }) : "");
  }
  const problem = (status: number, code: string) =>
    response
      .writeHead(status, {
        "content-type": "application/problem+json",
        "welby-request-id": SECRETS.refresh,
        "x-echo": encodeURIComponent(echo),
      })
      .end(
        JSON.stringify({
          type: "about:blank",
          title: echo,
          detail: every,
          status,
          code,
          requestId: SECRETS.access,
          errors: secrets.map((value) => ({ path: value, code: value })),
          conflicts: [{ id: SECRETS.refresh, version: 1, changedBy: every, changedAt: null }],
          rules: secrets,
          instance: path,
        }),
      );
  switch (fault) {
    case "echo-problem":
      return void problem(422, "validation_failed");
    case "echo-unknown-code":
      return void problem(409, secrets.at(-1) ?? "");
    case "html":
      return void response.writeHead(200, { "content-type": "text/html" }).end(`<p>${echo} ${every}</p>`);
    case "malformed":
      return void response
        .writeHead(200, { "content-type": "application/json" })
        .end(`{"password": "${every}"`);
    case "cut":
      response.writeHead(200, { "content-type": "application/json", "content-length": "100000" });
      response.write(every);
      return void setTimeout(() => response.destroy(), 5);
    case "wrong-shape":
      return void response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ password: every, status: { every } }));
    case "redirect":
      return void response
        .writeHead(307, { location: `https://evil.example/?${encodeURIComponent(every)}` })
        .end(every);
    case "hang-up":
      return void response.destroy();
    case "never":
      return;
    case "huge":
      return void response.writeHead(200, { "content-type": "application/json" }).end(every.repeat(100_000));
    case "empty":
      return void response.writeHead(200, { "content-type": "application/json" }).end("");
  }
});
after(() => server.close());

const ID = "0b0f7d34-6c1e-4b5e-9a70-3d2f0c5f8a11";
const calls: Record<string, (client: WelbyClient) => PromiseLike<unknown>> = {
  signIn: ({ auth }) =>
    auth.signIn({ audience: "patient", loginId: SECRETS.loginId, password: SECRETS.password }),
  setInitialPassword: ({ auth }) => auth.setInitialPassword(SECRETS.newPassword),
  reauthenticate: ({ auth }) => auth.reauthenticate(SECRETS.password),
  requestPasswordReset: ({ auth }) =>
    auth.requestPasswordReset({ audience: "patient", email: SECRETS.loginId }),
  confirmPasswordReset: ({ auth }) =>
    auth.confirmPasswordReset({ token: SECRETS.resetToken, newPassword: SECRETS.newPassword }),
  addStaff: ({ staff }) =>
    staff.add({ name: { family: SECRETS.search, given: SECRETS.search }, email: SECRETS.loginId }),
  search: ({ patients }) => patients.search({ query: SECRETS.search }),
  changeRole: ({ staff }) => staff.changeRole({ staffId: ID, role: "admin", version: 1 }),
  "a refused input": ({ staff }) =>
    staff.add({
      name: { family: SECRETS.search, given: SECRETS.search },
      email: SECRETS.password,
      [SECRETS.newPassword]: SECRETS.password,
    }),
  "a refused password": ({ auth }) =>
    auth.confirmPasswordReset({ token: SECRETS.resetToken, newPassword: SECRETS.newPassword.repeat(100) }),
};

for (const adapter of ["http", "fetch"] as const) {
  describe(`A-097 A-098 PR-1 no error holds a secret (${adapter})`, () => {
    for (const kind of faults) {
      test(`when the server's fault is: ${kind}`, async () => {
        const logged: string[] = [];
        const log = (message: string, fields: object) => logged.push(message, JSON.stringify(fields));
        const options = {
          baseUrl: server.url,
          clientId: "demo-portal",
          store: memoryStore(),
          transport: axiosTransport({ adapter }),
          retry: { maxRetries: 0 },
          logger: { debug: log, warn: log },
        };
        fault = "none";
        const credentials = { loginId: SECRETS.loginId, password: SECRETS.password };
        await createClient(options).auth.signIn({ audience: "patient", ...credentials });
        // Short only where the server never answers: a busy machine needs time to fail.
        const timeoutMs = kind === "never" ? { attempt: 100, total: 200 } : {};
        const client = createClient({ ...options, timeoutMs });
        assert.equal(await client.session.ready(), "signed_in");
        fault = kind;
        for (const [name, call] of Object.entries(calls)) {
          const outcome = await Promise.resolve(call(client)).then(
            () => undefined,
            (error: unknown) => ({ error }),
          );
          assert.ok(outcome, `${name} should have failed`);
          assertClean(expressions(outcome.error), `${kind}, ${name}`);
        }
        assertClean(logged, `${kind}, the log`);
        assert.ok(logged.length > 0);
        client.dispose();
      });
    }
  });
}

test("the client itself shows no token", async () => {
  fault = "none";
  const client = createClient({ baseUrl: server.url, clientId: "demo-portal", store: "memory" });
  await client.auth.signIn({ audience: "patient", loginId: SECRETS.loginId, password: SECRETS.password });
  assertClean([inspect(client, { depth: 20, showHidden: true }), JSON.stringify(client)], "the client");
});
