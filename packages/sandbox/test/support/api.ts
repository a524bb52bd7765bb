import { createTestClient, type TestClient, type TestClientOptions } from "@welby/backend/testing";

/** A signed client of a sandbox over real HTTP, as one device. */
export function apiClient(url: string, options: Partial<TestClientOptions> = {}): Promise<TestClient> {
  return createTestClient({ fetch: (request) => fetch(request), baseUrl: url, ...options });
}

/** The same, signed in. @throws when the sign-in is refused */
export async function signedIn(
  url: string,
  loginId = "suzuki@minato.example.jp",
  options: Partial<TestClientOptions> = {},
): Promise<TestClient> {
  const client = await apiClient(url, options);
  const { status, body } = await client.signIn(loginId);
  if (status !== 200) throw new Error(`sign-in of ${loginId}: ${status} ${JSON.stringify(body)}`);
  return client;
}
