import type { TestClient } from "@welby/backend/testing";

export interface Member {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly version: number;
}

/** A member of the caller's hospital as the staff list shows it now. @throws when there is none */
export async function memberByEmail(admin: TestClient, email: string): Promise<Member> {
  const { body } = await admin.send("listStaff", { limit: 200 });
  const found = (body.items as Member[]).find((one) => one.email === email);
  if (!found) throw new Error(`${email} is not on the list`);
  return found;
}
