import { totpCode, totpStep } from "../../src/index.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { SECOND, type World } from "./world.ts";

/** Sets an authenticator app up for the person of a client, and plays it from then on. */
export async function addApp(world: World, client: TestClient) {
  const { body } = await client.send("startTotp");
  const secret = (body as { secret: string }).secret;
  const code = () => totpCode(secret, totpStep(world.now()));
  const answer = await client.send("confirmTotp", { code: await code() });
  // The step that set it up is used; the next one is free.
  world.advance(30 * SECOND);
  return { secret, code, answer };
}
