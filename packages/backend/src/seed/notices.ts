import type { NoticeRecord } from "../ports/records.ts";
import { seedId } from "./ids.ts";
import { institutions } from "./institutions.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** @param now the moment of seeding; published before it, one of them still to come to an end */
export function demoNotices(now: Date): NoticeRecord[] {
  const days = (count: number) => new Date(now.getTime() + count * DAY_MS);
  return [
    {
      id: seedId("notice:welcome"),
      institutionId: null,
      audience: "everyone",
      kind: "change",
      severity: "info",
      title: "サンドボックスへようこそ",
      body: "この環境の医療機関と人物は、すべて架空のものです。\nデータは自由に変更できますので、いろいろな操作をお試しください。",
      publishedAt: days(-7),
      validUntil: null,
      mustAcknowledge: false,
    },
    {
      id: seedId("notice:maintenance"),
      institutionId: institutions.minato.id,
      audience: "staff",
      kind: "maintenance",
      severity: "warning",
      title: "定期メンテナンスのお知らせ",
      body: "次の日曜日の午前2時から午前4時まで、メンテナンスのためサービスを停止します。\nご不便をおかけしますが、ご理解とご協力をお願いいたします。",
      publishedAt: days(-2),
      validUntil: days(5),
      mustAcknowledge: true,
    },
    {
      id: seedId("notice:sakura"),
      institutionId: institutions.sakura.id,
      audience: "admin",
      kind: "maintenance",
      severity: "info",
      title: "ご契約内容のご確認のお願い",
      body: "登録済みのアカウントが、ご契約の上限人数に近づいています。\n使われていないアカウントがないか、ご確認ください。",
      publishedAt: days(-1),
      validUntil: null,
      mustAcknowledge: false,
    },
  ];
}
