import { test } from "node:test";
import type { Page, Paginated, PatientRow, StaffMember, WelbyClient } from "../src/index.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Accepts exactly the type. */
const same =
  <T>() =>
  <V>(_value: V, ..._proof: Equal<V, T> extends true ? [] : ["not the expected type"]): void => {};
const check = <T extends true>(_proof?: T): void => {};

/** Never called: the type check of the tests is the test, and each `@ts-expect-error` fails it when nothing is wrong. */
export async function typeChecks(client: WelbyClient): Promise<void> {
  const member = await client.staff.get("id");
  check<Equal<typeof member, StaffMember>>();
  check<Equal<(typeof member)["version"], number>>();

  const list = client.staff.list({ limit: 20 });
  check<Equal<typeof list, Paginated<StaffMember, Page<StaffMember>>>>();
  for await (const item of list) same<StaffMember>()(item);

  const found = await client.patients.search({ query: "佐藤", startAt: "さ" });
  same<PatientRow[]>()(found.items);
  same<number | undefined>()(found.kanaIndex[0]?.count);

  const step = await client.auth.signIn({ audience: "staff", loginId: "a", password: "b" });
  if (step.status === "mfa_required") await step.verify({ method: "totp", code: "123456" });
  if (step.status === "password_change_required") await step.setPassword("c");
  // @ts-expect-error only a challenge can be verified
  await step.verify({ method: "totp", code: "123456" });

  // @ts-expect-error the version that the change is based on is missing
  await client.staff.changeRole({ staffId: "id", role: "admin" });
  // @ts-expect-error no such role
  await client.staff.changeRole({ staffId: "id", role: "owner", version: 1 });
  // @ts-expect-error an unknown key
  await client.groups.create({ name: "外来A", orgId: "x" });
  // @ts-expect-error no such kana row
  await client.patients.search({ startAt: "ん" });
  // @ts-expect-error no such audience
  await client.auth.signIn({ audience: "admin", loginId: "a", password: "b" });
  // @ts-expect-error no such event
  client.on("sign-in", () => {});
  // @ts-expect-error a version is a number
  member.version = "3";
}

test("inputs and results are typed from the contract (checked by the type check of the tests)", () => {
  // Nothing to run: `typeChecks` is compiled.
});
