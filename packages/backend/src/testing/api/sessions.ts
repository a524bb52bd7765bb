import { SEED_PASSWORD } from "../test-client.ts";
import type { Recorder } from "./recorder.ts";

const suzuki = "suzuki@minato.example.jp";

/** Refresh tokens: replaced at each use, with ten seconds of grace, worth nothing elsewhere. */
export async function refreshing(t: Recorder): Promise<void> {
  t.section("refresh");
  const device = await t.signedIn(suzuki);
  const thief = await t.page();
  await thief.client.send("getMeta");
  const first = device.client.session?.refreshToken;
  const refresh = (what: string, expected: string, refreshToken: unknown, from = device) =>
    from.call(what, expected, "refreshToken", { refreshToken });
  await refresh("without its key", "401 session_expired", first, thief);
  await refresh("a new pair", "200", first);
  await refresh("once more within ten seconds", "200", first);
  await refresh("an unknown token", "401 session_expired", "made-up");
  await refresh("an empty token", "422 validation_failed", "");
  await refresh("a token of 513 characters", "422 validation_failed", "x".repeat(513));
  await t.advance(11_000);
  await refresh("a used token after ten seconds", "401 refresh_reused", first);
  await device.call("after the session was ended for safety", "401 session_expired", "getMe");
}

/** The password once more. */
export async function reauthentication(t: Recorder): Promise<void> {
  t.section("re-authentication");
  const device = await t.signedIn(suzuki);
  const reauthenticate = (what: string, expected: string, password: string, refreshToken?: string) =>
    device.call(what, expected, "reauthenticate", {
      refreshToken: refreshToken ?? device.client.session?.refreshToken,
      password,
    });
  const used = device.client.session?.refreshToken;
  await reauthenticate("the right password", "200", SEED_PASSWORD);
  await reauthenticate("an unknown token", "401 session_expired", SEED_PASSWORD, "made-up");
  for (let failure = 1; failure <= 5; failure++) {
    await reauthenticate(`failure ${failure}`, "401 invalid_credentials", "wrong-password-is-wrong");
  }
  await reauthenticate("failure 6", "429 rate_limited", "wrong-password-is-wrong");
  await device.call("wrong passwords leave the session as it is", "200", "getMe");
  await t.advance(31_000);
  await reauthenticate("a used token", "401 refresh_reused", SEED_PASSWORD, used);
  await t.advance(5 * 60_000);
}

/** Signing out answers the same whatever the token was. */
export async function signingOut(t: Recorder): Promise<void> {
  t.section("sign-out");
  const [one, other, third] = [await t.signedIn(suzuki), await t.signedIn(suzuki), await t.signedIn(suzuki)];
  const signOut = (what: string, device = one, input: Record<string, unknown> = {}) => {
    const refreshToken = device.client.session?.refreshToken ?? "made-up";
    return device.call(what, "204", "signOut", { refreshToken, ...input });
  };
  const { session } = one.client;
  await signOut("this session");
  await one.call("with the token of an ended session", "401 session_expired", "getMe", {}, { session });
  await one.call("with an ended session's", "401 session_expired", "refreshToken", {
    refreshToken: session?.refreshToken,
  });
  await signOut("for the second time", one, { refreshToken: session?.refreshToken });
  await signOut("an unknown token");
  await other.call("a session beside it", "200", "getMe");
  await signOut("all sessions", other, { scope: "all" });
  await third.call("a session that another device ended", "401 session_expired", "getMe");
  await one.call("an unknown scope", "422 validation_failed", "signOut", {
    refreshToken: "x",
    scope: "hospital",
  });
}

/** What a proof has to say (RFC 9449 §4.3). */
export async function proofs(t: Recorder): Promise<void> {
  t.section("proofs");
  const device = await t.signedIn(suzuki);
  const { client } = device;
  const token = client.session?.accessToken ?? "";
  const invalid = "401 invalid_dpop_proof";
  const seconds = Math.floor(t.now().getTime() / 1000);
  const send = (what: string, expected: string, dpop: string) =>
    device.call(what, expected, "getMe", {}, { headers: { dpop } });
  const proof = (claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}) =>
    client.proof("GET", "/v1/me", token, claims, header);

  const once = await proof();
  await send("a proof", "200", once);
  await send("a proof for the second time", invalid, once);
  await send("for another path", invalid, await client.proof("GET", "/v1/staff", token));
  await send("for another host", invalid, await proof({ htu: "https://elsewhere.example.jp/v1/me" }));
  await send("for this path with a query", "200", await proof({ htu: `${t.target.baseUrl}/v1/me?a=1#b` }));
  await send("six minutes old", invalid, await proof({ iat: seconds - 360 }));
  await send("six minutes early", invalid, await proof({ iat: seconds + 360 }));
  await send("four minutes old", "200", await proof({ iat: seconds - 240 }));
  await send("without a time", invalid, await proof({ iat: undefined }));
  await send("without an id", invalid, await proof({ jti: "" }));
  await send("with an id of 257 characters", invalid, await proof({ jti: "x".repeat(257) }));
  await send("with a nonce of somebody else", "401 use_dpop_nonce", await proof({ nonce: "x.y" }));
  await send("of another type", invalid, await proof({}, { typ: "jwt" }));
  await send("with its private key", invalid, await proof({}, { jwk: { ...client.publicJwk, d: "x" } }));
  await send("twice in one header", invalid, `${await proof()}, ${await proof()}`);
  await send("that is none", invalid, "proof");
  await t.advance(6 * 60_000);
  await client.refresh();
  const fresh = client.session?.accessToken ?? "";
  const old = await client.proof("GET", "/v1/me", fresh, { nonce: nonceIn(once) });
  await send("with a nonce of six minutes ago", "401 use_dpop_nonce", old);
}

function nonceIn(proof: string): unknown {
  const payload = (proof.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  return (JSON.parse(atob(payload)) as { nonce?: unknown }).nonce;
}
