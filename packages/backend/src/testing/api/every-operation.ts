import type { OperationId } from "@welby/contract";
import type { RequestOptions } from "../test-client.ts";
import type { Device, Recorder } from "./recorder.ts";
import { NOBODY, secondTable, type SecondRow, type SeededRole } from "./second-table.ts";

type Row = SecondRow & { readonly id: OperationId };
const rows = Object.entries(secondTable).map(([id, row]) => ({ ...row, id }) as Row);
const withSession = rows.filter((row) => row.needs === "session");

const LOGIN: Record<SeededRole, string> = {
  admin: "suzuki@minato.example.jp",
  staff: "takahashi@minato.example.jp",
  patient: "sato.kazuko@example.jp",
};

interface Devices {
  readonly admin: Device;
  readonly patient: Device;
}

async function devices(t: Recorder): Promise<Devices> {
  return {
    admin: await t.signedIn(LOGIN.admin),
    patient: await t.signedIn(LOGIN.patient, "demo-portal", "patient"),
  };
}

/** Somebody who may call an operation: a missing right is refused before anything else is looked at. */
function whoMay({ admin, patient }: Devices, { roles }: SecondRow): Device {
  return !roles || roles.includes("admin") ? admin : patient;
}

/** Everything right about a request, so that the one thing that a call changes is what is refused. */
function right(device: Device, row: SecondRow): RequestOptions {
  return {
    session: row.needs === "session" ? device.client.session : null,
    ...(row.body && { body: JSON.stringify(row.body) }),
    headers: {
      ...(row.body && { "content-type": "application/json" }),
      ...(row.ifMatch && { "if-match": '"1"' }),
      ...(row.idempotency === "required" && { "idempotency-key": crypto.randomUUID() }),
    },
  };
}

type Changes = Omit<RequestOptions, "headers"> & { headers?: Record<string, string>; path?: string };

/** A call that is right but for the changes. */
function send(
  device: Device,
  row: Row,
  what: string,
  expected: string,
  { path = row.path, ...changes }: Changes = {},
) {
  const base = right(device, row);
  const headers = { ...base.headers, ...changes.headers };
  return device.raw(`${row.id}: ${what}`, expected, row.method, path, { ...base, ...changes, headers });
}

/** Each operation without what it needs: client, token, proof, right. */
export async function needs(t: Recorder): Promise<void> {
  t.section("needs");
  const device = await t.signedIn(LOGIN.admin);
  const stranger = await t.page();
  await stranger.client.send("getMeta");
  for (const row of rows.filter(({ clientless }) => !clientless)) {
    await send(device, row, "without a client", "400 client_required", { headers: { "welby-client": "" } });
    await send(device, row, "from an unknown client", "400 client_required", {
      headers: { "welby-client": "nobody-portal" },
    });
  }
  for (const row of rows.filter(({ needs }) => needs !== "nothing")) {
    const token = row.needs === "session" ? (device.client.session?.accessToken ?? null) : null;
    const proof = async (claims: Record<string, unknown>, from = device) => ({
      headers: { dpop: await from.client.proof(row.method, row.path, token, claims) },
    });
    const [invalid, nonce] = ["401 invalid_dpop_proof", "401 use_dpop_nonce"];
    await send(device, row, "without a proof", invalid, { headers: { dpop: "" } });
    await send(
      device,
      row,
      "with a proof for another method",
      invalid,
      await proof({ htm: row.method === "PATCH" ? "PUT" : "PATCH" }),
    );
    await send(device, row, "with a proof without a nonce", nonce, await proof({ nonce: undefined }));
    if (row.needs !== "session") continue;
    await send(device, row, "with a proof for another token", invalid, await proof({ ath: "x" }));
    await send(device, row, "with the proof of another device", invalid, await proof({}, stranger));
    await send(device, row, "without a token", "401 unauthenticated", { session: null });
    await send(device, row, "with a token of nobody", "401 unauthenticated", {
      headers: { authorization: "DPoP eyJhbGciOiJub25lIn0.e30." },
    });
  }
}

/** Each operation as everybody whom it is closed to; those that change nothing also as everybody whom it is open to. */
export async function rights(t: Recorder): Promise<void> {
  t.section("rights");
  for (const role of ["admin", "staff", "patient"] as const) {
    const device = await t.signedIn(LOGIN[role], "demo-portal", role === "patient" ? "patient" : "staff");
    for (const row of withSession) {
      if (!row.roles?.includes(role)) await send(device, row, `as ${role}`, "403 forbidden");
      else if (row.method === "GET" || row.id === "previewStaffRoles" || row.id === "searchPatients") {
        await send(device, row, `as ${role}`, "200");
      }
    }
  }
}

/** Bodies and queries that no operation takes. */
export async function badInput(t: Recorder): Promise<void> {
  t.section("bad input");
  const people = await devices(t);
  for (const row of rows.filter(({ body }) => body)) {
    const device = whoMay(people, row);
    const body = JSON.stringify({ ...row.body, surprise: true });
    await send(device, row, "with broken JSON", "400 malformed_request", { body: '{"name": "外来' });
    await send(device, row, "with JSON of 40 levels", "400 malformed_request", { body: "[".repeat(40) });
    await send(device, row, "with an unknown key", "422 validation_failed", { body });
    await send(device, row, "with a list for a body", "422 validation_failed", { body: "[]" });
    await send(device, row, "with nothing for a body", "400 malformed_request", { body: "" });
    await send(device, row, "with text", "415 unsupported_media_type", {
      headers: { "content-type": "text/plain" },
    });
    await send(device, row, "with JSON in another encoding", "415 unsupported_media_type", {
      headers: { "content-type": "application/json; charset=shift_jis" },
    });
    await send(device, row, "with more than a megabyte", "413 payload_too_large", {
      body: `"${"x".repeat(1024 * 1024)}"`,
    });
  }
  for (const row of rows.filter(({ clientless }) => !clientless)) {
    const path = `${row.path}?surprise=1`;
    await send(whoMay(people, row), row, "with an unknown query", "422 validation_failed", { path });
  }
  for (const row of rows.filter(({ id }) => ["listStaff", "listGroups", "listCategories"].includes(id))) {
    for (const query of ["limit=0", "limit=201", "limit=many", "limit=1&limit=2", "cursor=made-up"]) {
      const path = `${row.path}?${query}`;
      await send(people.admin, row, `with ${query}`, "422 validation_failed", { path });
    }
  }
}

/** Ids of another hospital, of nobody, and none at all: all alike. */
export async function foreignIds(t: Recorder): Promise<void> {
  t.section("foreign ids");
  const device = await t.signedIn(LOGIN.admin);
  for (const row of rows) {
    const [foreign, malformed] = row.foreign ?? [];
    if (foreign === undefined || malformed === undefined) continue;
    const missing = foreign.replace(/[0-9a-f-]{36}/, NOBODY);
    await send(device, row, "another hospital's id", "404 not_found", { path: foreign });
    await send(device, row, "an id that nobody has", "404 not_found", { path: missing });
    await send(device, row, "an id that is none", "404 not_found", { path: malformed });
  }
}

/** `If-Match` and `Idempotency-Key` where they are asked for. */
export async function preconditions(t: Recorder): Promise<void> {
  t.section("preconditions");
  const device = await t.signedIn(LOGIN.admin);
  for (const row of rows.filter(({ ifMatch }) => ifMatch)) {
    const tag = (value: string) => ({ headers: { "if-match": value } });
    await send(device, row, "without If-Match", "428 precondition_required", tag(""));
    await send(device, row, "with If-Match *", "428 precondition_required", tag("*"));
    await send(device, row, "with an If-Match that is no tag", "400 malformed_request", tag("1"));
    await send(device, row, "with a weak If-Match", "412 version_conflict", tag('W/"1"'));
    await send(device, row, "with an old If-Match", "412 version_conflict", tag('"99"'));
  }
  for (const row of rows.filter(({ idempotency }) => idempotency)) {
    const key = (value: string) => ({ headers: { "idempotency-key": value } });
    if (row.idempotency === "required") {
      await send(device, row, "without a key", "400 idempotency_key_required", key(""));
    }
    await send(device, row, "with a key that is no UUID", "400 malformed_request", key("1"));
  }
}

/** Each operation with a token past its time, a locked session, an ended one, and a re-authentication that is too long ago. */
export async function sessionStates(t: Recorder): Promise<void> {
  t.section("session states");
  const people = await devices(t);
  const [device, other] = [people.admin, await t.signedIn(LOGIN.admin)];
  await t.advance(301_000);
  for (const row of withSession) await send(device, row, "with an old token", "401 token_expired");
  await device.client.refresh();
  await people.patient.client.refresh();
  for (const row of withSession.filter(({ stepUp }) => stepUp)) {
    await send(whoMay(people, row), row, "five minutes after the password", "403 step_up_required");
  }
  // Refreshing is no activity: the session locks a quarter of an hour after its last call.
  await t.advance(14 * 60_000);
  await device.client.refresh();
  await t.advance(2 * 60_000);
  for (const row of withSession) await send(device, row, "in a locked session", "401 session_locked");
  await device.call("in a locked session", "401 session_locked", "refreshToken", {
    refreshToken: device.client.session?.refreshToken,
  });
  await device.client.reauthenticate();
  await device.call("after unlocking", "200", "getMe");
  await other.client.reauthenticate();
  await other.client.send("signOut", { refreshToken: other.client.session?.refreshToken, scope: "all" });
  for (const row of withSession) await send(device, row, "in an ended session", "401 session_expired");
}

/** Each operation in a session that waits for its first own password. */
export async function restricted(device: Device): Promise<void> {
  for (const row of withSession.filter(({ id }) => id !== "setInitialPassword")) {
    await send(device, row, "with an initial password", "403 password_change_required");
  }
}

/** Each operation in a session that waits for its first second factor. */
export async function enrolling(device: Device): Promise<void> {
  for (const row of withSession.filter(({ duringEnrollment }) => !duringEnrollment)) {
    await send(device, row, "before the second factor", "403 mfa_enrollment_required");
  }
}

/** Methods that an address does not have, and addresses that do not exist. */
export async function methods(t: Recorder): Promise<void> {
  t.section("methods");
  const [device, machine] = [await t.signedIn(LOGIN.admin), await t.machine()];
  const templateOf = (path: string) => path.replace(/[0-9a-f-]{36}/, "{id}");
  const matches = (template: string, path: string) =>
    new RegExp(`^${template.replace("{id}", "[^/]+")}$`).test(path);
  for (const [template, path] of new Map(rows.toReversed().map((row) => [templateOf(row.path), row.path]))) {
    const { session } = device.client;
    const has = (method: SecondRow["method"]) =>
      rows.some((row) => templateOf(row.path) === template && row.method === method);
    // `/v1/staff/role-changes` is also a member's address, of somebody who does not exist.
    const hasAsId = (method: SecondRow["method"]) =>
      rows.some((row) => row.method === method && matches(templateOf(row.path), path));
    const expected = has("GET") ? "200" : hasAsId("GET") ? "404" : "405";
    await device.raw(`HEAD ${template}`, expected, "HEAD", path, { session });
    await device.raw(`PURGE ${template} from a page`, "no answer", "PURGE", path);
    await machine?.raw(`PURGE ${template} from a machine`, "405 method_not_allowed", "PURGE", path);
    if (!has("DELETE") && !hasAsId("DELETE"))
      await device.raw(`DELETE ${template}`, "405 method_not_allowed", "DELETE", path);
    await machine?.raw(`OPTIONS ${template} from a machine`, "204", "OPTIONS", path);
  }
  for (const path of ["/", "/v1", "/v1/staff/", "/v2/staff", "/v1/staff/%ff", "/v1//staff", "/V1/STAFF"]) {
    await device.raw(`GET ${path}`, "404 not_found", "GET", path, { session: device.client.session });
  }
}
