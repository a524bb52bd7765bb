import type { TestClient } from "@welby/backend/testing";

/** One patient in one group: a write that stays visible for good, so each one can be read back by itself. */
type Pair = `${string} ${string}`;

interface Write {
  readonly operation: "createGroup" | "changeGroupMembers" | "putPatientGroups";
  readonly input: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string;
  /** What has to be found once the write is acknowledged. */
  readonly effect: { readonly pair: Pair } | { readonly groupName: string };
}

/**
 * Writes over HTTP until the server dies, and knows what was acknowledged.
 * Some patients belong to `putPatientGroups` alone, since that replaces a patient's whole set.
 */
export class Workload {
  readonly acknowledged = { pairs: new Set<Pair>(), groupNames: new Set<string>(), writes: 0 };
  /** Sent, but the connection broke before an answer: may have happened or not. */
  readonly unanswered: Write[] = [];
  readonly #client: TestClient;
  readonly #patients: string[];
  readonly #groups: string[] = [];
  readonly #owned = new Map<string, { version: number; groupIds: string[] }>();
  #next = 0;

  private constructor(client: TestClient, patients: string[]) {
    this.#client = client;
    this.#patients = patients;
  }

  static async prepare(client: TestClient): Promise<Workload> {
    const found = await client.send("searchPatients", { limit: 200 });
    const workload = new Workload(
      client,
      (found.body.items as { id: string }[]).map(({ id }) => id),
    );
    for (const id of workload.#patients.slice(0, 4)) {
      const { body } = await client.send("getPatientGroups", { patientId: id });
      workload.#owned.set(id, { version: body.version, groupIds: body.groupIds });
    }
    for (let count = 0; count < 20; count++) await workload.send(workload.#newGroup());
    return workload;
  }

  /** Several writers at once, until the server is gone. */
  async run(writers: number): Promise<void> {
    const owners = [...this.#owned.keys()];
    const more = async (index: number) => {
      for (let count = index; ; count++) {
        const owner = owners[index];
        const write =
          count % 25 === 24
            ? this.#newGroup()
            : owner && count % 3 === 0
              ? this.#replaceSet(owner)
              : this.#addMember();
        if (!(await this.send(write))) return;
      }
    };
    await Promise.all(Array.from({ length: writers }, (_, index) => more(index)));
  }

  /** Sends what was left unanswered again, under its old key: it must come true exactly once. */
  async repeatUnanswered(): Promise<{ repeated: number; replayed: number }> {
    let replayed = 0;
    const open = this.unanswered.splice(0);
    for (const write of open) if ((await this.send(write)) === "replayed") replayed++;
    return { repeated: open.length, replayed };
  }

  /** @returns false when the connection broke; @throws when the server refused */
  async send(write: Write): Promise<"done" | "replayed" | false> {
    const { operation, input, idempotencyKey } = write;
    const answer = await this.#client.send(operation, input, { idempotencyKey }).catch(() => undefined);
    if (!answer) {
      this.unanswered.push(write);
      return false;
    }
    if (answer.status !== 200 && answer.status !== 201) {
      throw new Error(`${operation}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    this.acknowledged.writes++;
    if ("pair" in write.effect) this.acknowledged.pairs.add(write.effect.pair);
    else {
      this.acknowledged.groupNames.add(write.effect.groupName);
      this.#groups.push(answer.body.id as string);
    }
    if (operation === "putPatientGroups") this.#owned.set(input.patientId as string, answer.body);
    return answer.headers.has("idempotency-replayed") ? "replayed" : "done";
  }

  /** What the API shows of it now: every acknowledged write that is missing, by name. */
  async missing(): Promise<string[]> {
    const shown = new Set<Pair>();
    await Promise.all(
      this.#patients.map(async (patientId) => {
        const { body } = await this.#client.send("getPatientGroups", { patientId });
        for (const groupId of body.groupIds as string[]) shown.add(`${patientId} ${groupId}`);
      }),
    );
    const names = new Set<string>();
    let cursor: string | undefined;
    do {
      const { body } = await this.#client.send("listGroups", { limit: 200, ...(cursor && { cursor }) });
      for (const { name } of body.items as { name: string }[]) names.add(name);
      cursor = body.nextCursor ?? undefined;
    } while (cursor);
    return [
      ...[...this.acknowledged.pairs].filter((pair) => !shown.has(pair)),
      ...[...this.acknowledged.groupNames].filter((name) => !names.has(name)),
    ];
  }

  #newGroup(): Write {
    const groupName = `負荷 ${this.#next++}`;
    return {
      operation: "createGroup",
      input: { name: groupName },
      idempotencyKey: crypto.randomUUID(),
      effect: { groupName },
    };
  }

  #addMember(): Write {
    const members = this.#patients.slice(this.#owned.size);
    const number = this.#next++;
    // Every number is another pair until all are used: patients × groups.
    const patientId = members[number % members.length] ?? "";
    const groupId = this.#groups[Math.floor(number / members.length) % this.#groups.length] ?? "";
    const input = { groupId, add: [patientId] };
    return {
      operation: "changeGroupMembers",
      input,
      idempotencyKey: crypto.randomUUID(),
      effect: { pair: `${patientId} ${groupId}` },
    };
  }

  #replaceSet(patientId: string): Write {
    const { version, groupIds } = this.#owned.get(patientId) ?? { version: 0, groupIds: [] };
    const groupId = this.#groups.find((id) => !groupIds.includes(id));
    if (groupId === undefined) return this.#newGroup();
    const input = { patientId, version, groupIds: [...groupIds, groupId] };
    return {
      operation: "putPatientGroups",
      input,
      idempotencyKey: crypto.randomUUID(),
      effect: { pair: `${patientId} ${groupId}` },
    };
  }
}
