import type { TransportResponse } from "../../src/transport/transport.ts";
import { empty, group, ID, json, me, NOW, problem } from "./answers.ts";
import { scripted, type SentRequest } from "./scripted.ts";

const GRACE_MS = 10_000;

interface FakeSession {
  id: string;
  person: string;
  restricted: boolean;
  condition: "live" | "locked" | "expired";
  access: Set<string>;
}

/**
 * The session rules of the API in a few lines: rotating refresh tokens with a grace, reuse ends the session, access
 * tokens that can be made to expire. Answers can be dropped or held back on their way.
 */
export function fakeApi(now: () => number = () => performance.now()) {
  let serial = 0;
  const refreshTokens = new Map<
    string,
    { session: FakeSession; usedAt: number | null; successor: string | null }
  >();
  const sessions: FakeSession[] = [];
  const api = {
    sessions,
    /** Looks at each request first; what it returns or throws is the answer. */
    intercept: undefined as
      | ((request: SentRequest) => TransportResponse | undefined | Promise<TransportResponse | undefined>)
      | undefined,
    /** Looks at each answer last, after it had its effect. */
    onTheWay: undefined as
      | ((request: SentRequest, answer: TransportResponse) => TransportResponse | Promise<TransportResponse>)
      | undefined,
    expireAccessTokens() {
      for (const session of sessions) session.access.clear();
    },
    transport: scripted(async (request): Promise<TransportResponse> => {
      const answer = (await api.intercept?.(request)) ?? respond(request);
      return api.onTheWay ? api.onTheWay(request, answer) : answer;
    }),
  };

  function grantFor(session: FakeSession, refreshToken: string) {
    const accessToken = `access-${session.person}-${++serial}`;
    session.access.add(accessToken);
    const times = {
      authenticatedAt: NOW,
      idleTimeoutSec: 900,
      absoluteExpiresAt: "2026-11-24T09:00:00.000+09:00",
    };
    return {
      accessToken,
      tokenType: "DPoP",
      expiresInSec: 300,
      refreshToken,
      session: { id: session.id, ...times },
    };
  }
  function newRefreshToken(session: FakeSession): string {
    const token = `refresh-${session.person}-${++serial}`;
    refreshTokens.set(token, { session, usedAt: null, successor: null });
    return token;
  }
  function open(person: string, restricted = false) {
    const session: FakeSession = {
      id: ID.replace(/..$/, String(sessions.length + 10)),
      person,
      restricted,
      condition: "live",
      access: new Set(),
    };
    sessions.push(session);
    return grantFor(session, newRefreshToken(session));
  }
  /** The next refresh token, or the refusal. */
  function rotate(text: string): { session: FakeSession; token: string } | TransportResponse {
    const entry = refreshTokens.get(text);
    if (!entry || entry.session.condition === "expired") return problem("session_expired");
    if (entry.usedAt === null) {
      entry.usedAt = now();
      entry.successor = newRefreshToken(entry.session);
    } else if (now() - entry.usedAt > GRACE_MS || refreshTokens.get(entry.successor ?? "")?.usedAt !== null) {
      entry.session.condition = "expired";
      entry.session.access.clear();
      return problem("refresh_reused");
    }
    return { session: entry.session, token: entry.successor ?? "" };
  }

  function respond({ path, json: body, headers }: SentRequest): TransportResponse {
    const input = (body ?? {}) as Record<string, string>;
    switch (path) {
      case "/v1/auth/sign-in": {
        if (input["password"] !== "asagao-tegami-koharu-7" && input["password"] !== "initial-password")
          return problem("invalid_credentials");
        const restricted = input["password"] === "initial-password";
        const person = String(input["loginId"]).split("@")[0] ?? "";
        return json(
          restricted
            ? { status: "password_change_required", grant: open(person, true) }
            : { status: "signed_in", grant: open(person), lastSignInAt: NOW },
        );
      }
      case "/v1/auth/token": {
        const rotated = rotate(input["refreshToken"] ?? "");
        if ("status" in rotated) return rotated;
        if (rotated.session.condition === "locked") return problem("session_locked");
        return json(grantFor(rotated.session, rotated.token));
      }
      case "/v1/auth/reauthenticate": {
        if (input["password"] !== "asagao-tegami-koharu-7") return problem("invalid_credentials");
        const rotated = rotate(input["refreshToken"] ?? "");
        if ("status" in rotated) return rotated;
        rotated.session.condition = "live";
        return json(grantFor(rotated.session, rotated.token));
      }
      case "/v1/auth/sign-out": {
        const session = refreshTokens.get(input["refreshToken"] ?? "")?.session;
        for (const one of sessions)
          if (one === session || (input["scope"] === "all" && one.person === session?.person)) {
            one.condition = "expired";
            one.access.clear();
          }
        return empty(204);
      }
    }
    const token = headers["authorization"]?.replace("DPoP ", "") ?? "";
    const session = sessions.find(
      ({ person }) =>
        token.startsWith(`access-${person}-`) && sessions.some(({ access }) => access.has(token)),
    );
    const owner = sessions.find(({ access }) => access.has(token)) ?? session;
    if (!owner)
      return problem(
        sessions.some(
          ({ condition, person }) => condition === "live" && token.startsWith(`access-${person}-`),
        )
          ? "token_expired"
          : "session_expired",
      );
    if (owner.condition === "locked") return problem("session_locked");
    if (owner.condition === "expired") return problem("session_expired");
    if (path === "/v1/auth/initial-password") {
      owner.condition = "expired";
      return json({ status: "signed_in", grant: open(owner.person), lastSignInAt: null });
    }
    if (owner.restricted) return problem("password_change_required");
    if (path === "/v1/groups") return json(group, 201);
    return json({ ...me, name: { text: owner.person } });
  }
  return api;
}
