import { createClientIn } from "../../src/client.ts";
import type { Environment } from "../../src/environment.ts";
import type { ClientOptions, WelbyClient } from "../../src/types.ts";
import { BASE_URL } from "./scripted.ts";

/** A client for tests: memory store, no jitter, the environment of the test's choice. */
export function testClient(
  options: Partial<ClientOptions> = {},
  environment: Partial<Environment> = {},
): WelbyClient {
  return createClientIn(
    { random: () => 0, ...environment },
    { baseUrl: BASE_URL, clientId: "demo-portal", store: "memory", ...options },
  );
}

export const CREDENTIALS = {
  audience: "staff",
  loginId: "suzuki@minato.example.jp",
  password: "asagao-tegami-koharu-7",
} as const;
