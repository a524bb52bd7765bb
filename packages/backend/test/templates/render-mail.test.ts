import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  mailTexts,
  outboxMail,
  renderMail,
  UnsafeMail,
  type MailTemplate,
  type MailValues,
} from "../../src/templates/index.ts";

const factorChanged = {
  institution: "みなと青空総合病院",
  changedAt: "2026/11/23 09:05",
  resetUrl: "https://portal.example.jp/",
};
const values: MailValues = {
  welcome: {
    name: "髙橋 由美",
    institution: "みなと青空総合病院",
    loginId: "takahashi@minato.example.jp",
    initialPassword: "aaaaa-bbbbb-ccccc-ddddd",
    signInUrl: "https://portal.example.jp/",
    expiresAt: "2026/11/26 09:00",
  },
  email_change: {
    institution: "みなと青空総合病院",
    url: "https://portal.example.jp/register?for=email_change#token=abc",
    expiresAt: "2026/11/23 10:05",
  },
  email_change_requested: {
    institution: "みなと青空総合病院",
    changedAt: "2026/11/23 09:05",
    resetUrl: "https://portal.example.jp/",
  },
  email_changed: {
    institution: "みなと青空総合病院",
    changedAt: "2026/11/23 09:05",
    resetUrl: "https://portal.example.jp/",
  },
  registration: {
    institution: "みなと青空総合病院",
    url: "https://portal.example.jp/register#token=abc",
    expiresAt: "2026/11/24 09:05",
  },
  already_registered: {
    institution: "みなと青空総合病院",
    resetUrl: "https://portal.example.jp/reset?audience=patient",
  },
  withdrawn: { institution: "みなと青空総合病院", changedAt: "2026/11/23 09:05" },
  invitation: {
    name: "髙橋 由美",
    institution: "みなと青空総合病院",
    loginId: "takahashi@minato.example.jp",
    url: "https://portal.example.jp/#token=abc",
    expiresAt: "2026/11/26 09:00",
  },
  factors_reset: factorChanged,
  password_reset: {
    institution: "みなと青空総合病院",
    url: "https://portal.example.jp/reset#token=abc",
    expiresAt: "2026/11/23 09:30",
  },
  password_changed: {
    institution: "みなと青空総合病院",
    changedAt: "2026/11/23 09:05",
    resetUrl: "https://portal.example.jp/",
  },
  sign_in_after_failures: {
    institution: "みなと青空総合病院",
    signedInAt: "2026/11/23 09:05",
    resetUrl: "https://portal.example.jp/",
  },
  session_revoked: {
    institution: "みなと青空総合病院",
    endedAt: "2026/11/23 09:05",
    resetUrl: "https://portal.example.jp/",
  },
  incident_opened: {
    institution: "みなと青空総合病院",
    kind: "データの消失 (data loss)",
    occurredAt: "2026/11/23 02:10",
    detectedAt: "2026/11/23 08:40",
    what: "一部の測定値が失われました。",
    effect: "11月22日の測定値を表示できません。",
    measures: "バックアップから復元しています。",
    contact: "support@example.jp",
    reports: "速報 (preliminary) 2026-11-26, 確報 (final) 2026-12-23",
    nextUpdateAt: "2026/11/23 18:00",
  },
  emergency_notice: {
    institution: "みなと青空総合病院",
    title: "緊急メンテナンス",
    body: "11月23日 10:00 から、サービスを停止します。\n復旧の見込みは、改めてお知らせします。",
    publishedAt: "2026/11/23 09:05",
  },
  factor_added: factorChanged,
  factor_removed: factorChanged,
  recovery_codes_created: factorChanged,
  passkey_refused: {
    institution: "みなと青空総合病院",
    signedInAt: "2026/11/23 09:05",
    resetUrl: "https://portal.example.jp/",
  },
  recovery_code_used: {
    institution: "みなと青空総合病院",
    signedInAt: "2026/11/23 09:05",
    resetUrl: "https://portal.example.jp/",
  },
};
const templates = Object.keys(mailTexts) as MailTemplate[];
const now = new Date("2026-11-23T00:05:00Z");
const mail = (to: string) => ({
  id: "1",
  to,
  institutionId: null,
  template: "welcome" as const,
  values: values.welcome,
  now,
});

describe("mails", () => {
  for (const template of templates) {
    test(`${template} says everything in Japanese first and in English below`, () => {
      const { subject, text } = renderMail(template, values[template]);
      const [ja = "", en = ""] = text.split("----------------------------------------");
      for (const [field, value] of Object.entries<string>(values[template])) {
        assert.ok(ja.includes(value), `${field} in Japanese`);
        assert.ok(en.includes(value), `${field} in English`);
      }
      assert.ok(subject.startsWith("【Welby マイカルテ】"));
      const own = Object.values(values[template]).reduce(
        (text, value: string) => text.replaceAll(value, ""),
        en,
      );
      assert.doesNotMatch(own, /[ぁ-ん一-龠]/, "Japanese left in the English text");
    });

    test(`J-32 ${template} is polite, says what to do and whom to ask`, () => {
      const [ja = ""] = renderMail(template, values[template]).text.split("----");
      const sentences = ja.replace(/\s+/g, "").split("。").slice(0, -1);
      assert.ok(sentences.length >= 3);
      for (const sentence of sentences)
        assert.match(sentence, /(ます|ません|です|ください|ました)$/, sentence);
      assert.match(ja, /お問い合わせください/);
      assert.doesNotMatch(ja, /患者様|エラーが発生/);
    });

    test(`IPA 8 the subject of ${template} does not depend on any value`, () => {
      const other = Object.fromEntries(
        Object.keys(values[template]).map((field) => [
          field,
          /url$/i.test(field) ? "http://localhost:1/" : "x",
        ]),
      );
      assert.equal(
        renderMail(template, other as never).subject,
        renderMail(template, values[template]).subject,
      );
    });
  }

  for (const [title, name] of [
    ["CR LF", "a\r\nBcc: evil@example.jp"],
    ["LF", "a\nb"],
    ["NUL", "a\u0000b"],
    ["a line separator", "a\u2028b"],
    ["NEL", "a\u0085b"],
  ] as const) {
    test(`A-031 a name with ${title} is refused, and the refusal does not repeat it`, () => {
      assert.throws(
        () => renderMail("welcome", { ...values.welcome, name }),
        (error: unknown) => error instanceof UnsafeMail && !error.message.includes(name),
      );
    });
  }

  for (const text of ["a\r\nb", "a\u0000b", "a\u2028b", "a\u0085b"]) {
    test(`A-031 a text of several lines may hold LF, but not ${JSON.stringify(text)}`, () => {
      const { emergency_notice } = values;
      assert.throws(() => renderMail("emergency_notice", { ...emergency_notice, body: text }), UnsafeMail);
      assert.throws(() => renderMail("emergency_notice", { ...emergency_notice, title: "a\nb" }), UnsafeMail);
    });
  }

  for (const url of [
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example",
    "https://a b",
    "https://a\nb",
    "",
    "ftp://a",
  ]) {
    test(`A-020 ${JSON.stringify(url)} is no address of a page`, () => {
      assert.throws(() => renderMail("password_reset", { ...values.password_reset, url }), UnsafeMail);
    });
  }

  for (const to of [
    "a@b.jp\nBcc: c@d.jp",
    "a@b.jp,c@d.jp",
    "a@b.jp;c@d.jp",
    "佐藤 <a@b.jp>",
    "ａ@b.jp",
    " a@b.jp",
    "A@B.JP",
    "a@@b.jp",
    "",
  ]) {
    test(`A-032 ${JSON.stringify(to)} is no single stored address`, () =>
      assert.throws(() => outboxMail(mail(to)), UnsafeMail));
  }

  test("J-1 the outbox row is one queued mail to the stored address, old carrier addresses included", () => {
    const row = outboxMail(mail("a..b@docomo.ne.jp"));
    assert.deepEqual(
      [row.recipient, row.status, row.attempts, row.channel, row.template, row.nextAttemptAt],
      ["a..b@docomo.ne.jp", "queued", 0, "email", "welcome", now],
    );
  });

  test("a name that looks like a replacement pattern stays as it is", () => {
    assert.ok(
      renderMail("welcome", { ...values.welcome, name: "$& $1 ${x} <b>" }).text.includes("$& $1 ${x} <b> 様"),
    );
  });
});
