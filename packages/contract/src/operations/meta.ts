import { defineOperation } from "../operation.ts";
import { health, meta, passwordPolicy } from "../schemas/meta.ts";
import { promises } from "../schemas/promises.ts";

const shared = { tag: "meta", method: "GET", authentication: "none", safe: true, success: 200 } as const;

export const getMeta = defineOperation({
  ...shared,
  id: "getMeta",
  path: "/v1/meta",
  summary: "Version, place of the data as configured, clock, sub-processors",
  result: meta,
});

export const getPasswordPolicy = defineOperation({
  ...shared,
  id: "getPasswordPolicy",
  path: "/v1/meta/password-policy",
  summary: "The rules for a new password in the client's institution",
  result: passwordPolicy,
});

export const getPromises = defineOperation({
  ...shared,
  id: "getPromises",
  path: "/v1/meta/promises",
  summary: "The white paper's promises, who keeps each, and the tests that show it",
  result: promises,
});

export const getHealth = defineOperation({
  ...shared,
  id: "getHealth",
  path: "/health",
  summary: "Whether the service can work",
  clientless: true,
  result: health,
});

export const getOpenApi = defineOperation({
  ...shared,
  id: "getOpenApi",
  path: "/openapi.json",
  summary: "This contract as OpenAPI 3.1",
  clientless: true,
  raw: true,
});

export const getSecurityTxt = defineOperation({
  ...shared,
  id: "getSecurityTxt",
  path: "/.well-known/security.txt",
  summary: "Where to report a vulnerability (RFC 9116)",
  clientless: true,
  raw: true,
  produces: "text/plain",
});

export const getJwks = defineOperation({
  ...shared,
  id: "getJwks",
  path: "/.well-known/jwks.json",
  summary: "The public keys that access tokens are signed with",
  clientless: true,
  raw: true,
});
