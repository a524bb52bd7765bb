import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { errors, errorText, isErrorCode, type ErrorCode, type Locale } from "@welby/contract/errors";

const codes = Object.keys(errors) as ErrorCode[];
const POLITE = /(ます|ました|ません|ませんでした|です|でした|ください)$/;

// Written out by hand: what these codes have to begin with. The catalogue may say more after it.
const PROMISED: Partial<Record<ErrorCode, string>> = {
  invalid_credentials: "ログインIDまたはパスワードが正しくありません。",
  session_locked: "しばらく操作がなかったため、画面をロックしました。パスワードを入力すると続けられます。",
  session_expired: "ログインの有効期限が切れました。もう一度ログインしてください。",
  password_change_required: "初期パスワードを変更してください。",
  forbidden: "この操作を行う権限がありません。管理者にお問い合わせください。",
  not_found: "対象が見つかりません。すでに削除された可能性があります。",
  last_admin: "管理者が1人もいなくなるため、変更できません。先に別のスタッフを管理者にしてください。",
  email_in_use: "このメールアドレスはすでに登録されています。",
  duplicate_name: "同じ名前がすでにあります。",
  seat_limit: "ご契約の登録可能人数に達しています。",
  token_invalid: "このURLは有効期限が切れているか、すでに使用されています。もう一度お手続きください。",
  version_conflict: "ほかのスタッフが先に変更しました。最新の内容を確認してください。",
  validation_failed: "入力内容をご確認ください。",
  rate_limited: "アクセスが集中しています。30秒後にもう一度お試しください。",
  maintenance: "ただいまメンテナンス中です。",
  connection_failed: "通信できませんでした。ネットワークの接続をご確認ください。",
  insecure_context:
    "このページは安全な接続(https)ではないため、ログインできません。システム担当者にお知らせください。",
};
const STATUSES: Partial<Record<ErrorCode, number>> = {
  malformed_request: 400,
  invalid_credentials: 401,
  forbidden: 403,
  not_found: 404,
  email_in_use: 409,
  last_admin: 409,
  idempotency_in_flight: 409,
  version_conflict: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  idempotency_mismatch: 422,
  precondition_required: 428,
  rate_limited: 429,
};

describe("the catalogue of errors", () => {
  for (const code of codes) {
    test(`J-32 ${code} says in polite Japanese what happened and what to do`, () => {
      const { message, remedy } = errors[code].ja;
      for (const line of [message, remedy]) {
        assert.ok(line.endsWith("。"), line);
        for (const sentence of line.split("。").slice(0, -1)) assert.match(sentence, POLITE);
        assert.doesNotMatch(line, /エラーが発生|患者様|[A-Za-z]+_[a-z]+/);
      }
      assert.notEqual(message, remedy);
    });

    test(`${code} says the same in English`, () => {
      const { message, remedy } = errors[code].en;
      for (const line of [message, remedy]) {
        assert.match(line, /^[A-Z].*\.$/);
        assert.doesNotMatch(line, /[ぁ-んァ-ン一-龠]|error occurred|something went wrong/i);
      }
    });

    test(`${code} leaves no brace open when a value is missing`, () => {
      for (const locale of ["ja", "en"] as Locale[]) {
        const { message, remedy } = errorText(code, locale);
        assert.doesNotMatch(message + remedy, /[{}]|undefined/);
      }
    });

    test(`${code} has a status of its own kind`, () => {
      const { status } = errors[code];
      assert.ok(status === 0 || (status >= 400 && status <= 599), String(status));
    });
  }

  for (const [code, text] of Object.entries(PROMISED)) {
    test(`${code} reads as promised`, () => {
      const { message, remedy } = errorText(code, "ja", { seconds: 30 });
      assert.ok(`${message}${remedy}`.startsWith(text), `${message}${remedy}`);
    });
  }

  test("statuses are as promised", () => {
    for (const [code, status] of Object.entries(STATUSES))
      assert.equal(errors[code as ErrorCode].status, status, code);
  });

  test("repeating is only advised where it can help", () => {
    const hopeless = codes.filter(
      (code) =>
        errors[code].retryable && [400, 403, 404, 412, 413, 415, 422, 428].includes(errors[code].status),
    );
    assert.deepEqual(hopeless, []);
    for (const code of ["rate_limited", "overloaded", "maintenance", "connection_failed", "timeout"] as const)
      assert.ok(errors[code].retryable, code);
  });

  test("a code of a newer server gets the text of a server problem", () => {
    assert.deepEqual(errorText("quota_of_2030", "ja"), errorText("internal_error", "ja"));
  });

  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty", ""]) {
    test(`A-091 ${JSON.stringify(name)} is no code`, () => {
      assert.equal(isErrorCode(name), false);
      assert.deepEqual(errorText(name, "en"), errorText("internal_error", "en"));
    });
  }

  test("a value fills its place and nothing else", () => {
    assert.equal(
      errorText("rate_limited", "en", { seconds: "$&{seconds}", code: "x" }).remedy,
      "Please try again in $&{seconds} seconds.",
    );
  });
});
