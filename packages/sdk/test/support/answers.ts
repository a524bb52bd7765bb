import { errors, type ErrorCode } from "@welby/contract/errors";
import type { TransportResponse } from "../../src/transport/transport.ts";

/** Answers of the API, as a transport hands them over. */
export const NOW = "2026-11-23T21:00:00.000+09:00";
export const ID = "0b0f7d34-6c1e-4b5e-9a70-3d2f0c5f8a11";
export const OTHER_ID = "7a4f0f5e-2f0b-4a39-8a26-0c8b7f1e6d22";

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): TransportResponse {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "welby-request-id": "req-1", ...headers },
    body: JSON.stringify(body),
  };
}

export function empty(status = 204, headers: Record<string, string> = {}): TransportResponse {
  return { status, headers: { "welby-request-id": "req-1", ...headers }, body: "" };
}

export function problem(
  code: ErrorCode,
  extra: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): TransportResponse {
  const { status } = errors[code];
  return {
    status,
    headers: { "content-type": "application/problem+json", "welby-request-id": "req-1", ...headers },
    body: JSON.stringify({ type: "about:blank", title: code, status, code, requestId: "req-1", ...extra }),
  };
}

export function grant(number = 1, overrides: Record<string, unknown> = {}) {
  return {
    accessToken: `access-token-${number}`,
    tokenType: "DPoP",
    expiresInSec: 300,
    refreshToken: `refresh-token-${number}`,
    session: {
      id: ID,
      authenticatedAt: NOW,
      idleTimeoutSec: 900,
      absoluteExpiresAt: "2026-11-24T09:00:00.000+09:00",
    },
    ...overrides,
  };
}

export const signedIn = (number = 1, overrides = {}) =>
  json({ status: "signed_in", grant: grant(number, overrides), lastSignInAt: null });

export const me = {
  accountId: ID,
  kind: "staff",
  staffId: ID,
  patientId: null,
  role: "admin",
  name: { text: "鈴木 健一" },
  birthDate: null,
  sex: null,
  email: "suzuki@minato.example.jp",
  institution: { id: ID, name: "みなと青空総合病院" },
  version: 1,
};

export const staffMember = {
  id: ID,
  name: { text: "髙橋 由美" },
  email: "takahashi@minato.example.jp",
  role: "staff",
  occupation: null,
  status: "active",
  lastSignInAt: null,
  version: 3,
  actions: [],
};

export const group = {
  id: ID,
  categoryId: null,
  name: "外来A",
  memberCount: 0,
  sortOrder: 1,
  version: 1,
  actions: [],
};
export const page = (items: unknown[], nextCursor: string | null = null) => ({
  items,
  nextCursor,
  total: items.length,
});
