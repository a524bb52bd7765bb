import { displayJst, emailKey } from "@welby/text";
import { plainLine, plainText } from "../domain/plain-text.ts";
import type { Ports } from "../ports/index.ts";
import type { InstitutionRecord, NoticeRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { outboxMail } from "../templates/index.ts";
import { institutionContacts } from "./institution-contacts.ts";
import { serviceAudit } from "./service-audit.ts";

const MAX_TITLE = 100;

export interface NoticeInput extends Pick<NoticeRecord, "kind" | "title" | "body"> {
  /** A UUID; publishing the same one again does nothing. */
  readonly id?: string;
  /** To one institution only; to all of them unless told. */
  readonly institutionId?: string | null;
  /** `everyone` unless told. */
  readonly audience?: NoticeRecord["audience"];
  /** `critical` for an emergency, `info` for the rest unless told. */
  readonly severity?: NoticeRecord["severity"];
  readonly validUntil?: Date | null;
  readonly mustAcknowledge?: boolean;
}

export interface PublishedNotice {
  readonly notice: NoticeRecord;
  /** Mails that were queued: none but for an emergency, and none the second time. */
  readonly mails: number;
}

/**
 * Tells something to people (clause 9): at once in the list of お知らせ, and in an emergency by one mail to each contact of the
 * institutions that it concerns.
 * @throws UnusableText @throws RangeError for an institution that does not exist
 */
export async function publishNotice(ports: Ports, input: NoticeInput): Promise<PublishedNotice> {
  const notice = toRecord(ports, input);
  return ports.store.transaction((transaction) => insertNotice(ports, transaction, notice));
}

/** The same within a transaction. */
export async function insertNotice(
  ports: Ports,
  transaction: Transaction,
  notice: NoticeRecord,
): Promise<PublishedNotice> {
  if (
    notice.institutionId !== null &&
    (await transaction.institutions.count({ id: notice.institutionId })) === 0
  )
    throw new RangeError("There is no institution with this id");
  if (!(await transaction.notices.insertIfAbsent(notice))) {
    return { notice: (await transaction.notices.get({ id: notice.id })) ?? notice, mails: 0 };
  }
  const mails = notice.kind === "emergency" ? await mailContacts(ports, transaction, notice) : 0;
  await serviceAudit(ports, transaction, {
    institutionId: notice.institutionId,
    action: "notice.published",
    result: "ok",
    targetType: "notice",
    targetId: notice.id,
    details: { kind: notice.kind, mails },
  });
  return { notice, mails };
}

/** @throws UnusableText */
export function toRecord({ clock, random }: Ports, input: NoticeInput): NoticeRecord {
  const { kind, institutionId = null, audience = "everyone", validUntil = null } = input;
  return {
    id: input.id ?? random.uuid(),
    institutionId,
    audience,
    kind,
    severity: input.severity ?? (kind === "emergency" ? "critical" : "info"),
    title: plainLine("title", input.title, MAX_TITLE),
    body: plainText("body", input.body),
    publishedAt: clock.now(),
    validUntil,
    mustAcknowledge: input.mustAcknowledge ?? false,
  };
}

/** One mail an address, also for somebody who is the contact of several institutions. */
async function mailContacts(ports: Ports, transaction: Transaction, notice: NoticeRecord): Promise<number> {
  const { institutionId } = notice;
  const institutions = await transaction.institutions.list(
    institutionId === null ? {} : { id: institutionId },
    {
      orderBy: ["name"],
    },
  );
  const told = new Map<string, { to: string; institution: InstitutionRecord }>();
  for (const institution of institutions) {
    for (const to of await institutionContacts(transaction, institution)) {
      const key = emailKey(to) ?? to;
      if (!told.has(key)) told.set(key, { to, institution });
    }
  }
  for (const { to, institution } of told.values()) {
    const { title, body, publishedAt } = notice;
    const values = { institution: institution.name, title, body, publishedAt: displayJst(publishedAt) };
    await transaction.outbox.insert(
      outboxMail({
        id: ports.random.uuid(),
        to,
        institutionId: institution.id,
        template: "emergency_notice",
        values,
        now: publishedAt,
      }),
    );
  }
  return told.size;
}
