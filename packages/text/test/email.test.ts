import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkEmail, emailKey, isCarrierAddress, isLegacyCarrierAddress, normalizeEmail } from "@welby/text";
import { anyText, assertIdempotent, assertTotal } from "./properties.ts";

const LEGACY = ["a..b@docomo.ne.jp", ".a@docomo.ne.jp", "a.@ezweb.ne.jp"];

describe("e-mail", () => {
  for (const email of [...LEGACY, "a+b@example.co.jp", "o'brien@example.jp", "a@xn--wgv71a.jp"]) {
    it(`J-1, M7: ${email} can sign in`, () =>
      assert.deepEqual(checkEmail(email), { ok: true, email, changed: false }));
  }

  const converted: [typed: string, email: string][] = [
    ["ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ", "taro@example.co.jp"],
    ["ａ．．ｂ＠ｄｏｃｏｍｏ。ｎｅ｡ｊｐ", "a..b@docomo.ne.jp"],
    ["taro﹫example.jp", "taro@example.jp"],
    ["taroーyamada@example.jp", "taro-yamada@example.jp"],
  ];
  for (const [typed, email] of converted) {
    it(`J-5: ${typed} is read as ${email}`, () =>
      assert.deepEqual(checkEmail(typed), { ok: true, email, changed: true }));
  }

  it("lowers the domain only, and calls neither that nor trimming a conversion", () => {
    assert.deepEqual(normalizeEmail("　Taro@Example.JP\n"), { value: "Taro@example.jp", changed: false });
  });

  const refused: [typed: string, problem: string][] = [
    ["", "empty"],
    ["　", "empty"],
    ["taro", "at_sign"],
    ["a@@b", "at_sign"],
    ["a@b.jp＠c.jp", "at_sign"],
    ["a﹫b.jp@c.jp", "at_sign"],
    ["@b.jp", "local_part"],
    ['"a b"@c.jp', "forbidden_character"],
    ["a(b)@c.jp", "local_part"],
    ["a b@c.jp", "forbidden_character"],
    ["a　b@c.jp", "forbidden_character"],
    ["<a@b.jp>", "forbidden_character"],
    ["a@b.jp\nBcc: c@d.jp", "forbidden_character"],
    ["a@b.jp\rx", "forbidden_character"],
    ["a\u0000@b.jp", "forbidden_character"],
    ["a@b.jp%0a", "domain"],
    ["a@b", "domain"],
    ["a@127.0.0.1", "domain"],
    ["a@-b.jp", "domain"],
    ["a@b..jp", "domain"],
    ["a@b.jp.", "domain"],
    ["mıke@example.jp", "not_ascii"],
    ["a\u202E@b.jp", "not_ascii"],
    ["太郎@example.jp", "not_ascii"],
    ["a@日本.jp", "not_ascii"],
    [`${"a".repeat(65)}@b.jp`, "local_part"],
    [`a@${"b".repeat(64)}.jp`, "domain"],
    [`a@${"b.".repeat(126)}jp`, "too_long"],
    [`${"a".repeat(310)}@b.jp`, "too_long"],
  ];
  for (const [typed, problem] of refused) {
    it(`M7, A-032: refuses ${JSON.stringify(typed.slice(0, 24))} as ${problem}`, () => {
      assert.deepEqual(checkEmail(typed), { ok: false, problem });
    });
  }

  it("accepts 254 characters", () => {
    const email = `a@${"b.".repeat(125)}jp`;
    assert.equal(email.length, 254);
    assert.ok(checkEmail(email).ok);
  });

  it("A-054: finds one key for one mailbox and none for a look-alike", () => {
    assert.equal(emailKey("Ｍike@Example.jp"), "mike@example.jp");
    assert.equal(emailKey("mıke@example.jp"), undefined);
    assert.equal(emailKey("mike@exаmple.jp"), undefined); // Cyrillic а
  });

  it("J-1: takes odd dots on new entry from carriers only", () => {
    for (const email of LEGACY) assert.ok(checkEmail(email, { newEntry: true }).ok);
    assert.deepEqual(checkEmail("a..b@example.jp", { newEntry: true }), {
      ok: false,
      problem: "misplaced_dot",
    });
  });

  it("J-1: knows the addresses that mail may not reach", () => {
    for (const email of LEGACY) assert.ok(isLegacyCarrierAddress(email));
    for (const email of ["a.b@docomo.ne.jp", "a..b@example.jp"]) assert.ok(!isLegacyCarrierAddress(email));
  });

  for (const email of [
    "a@docomo.ne.jp",
    "a@ezweb.ne.jp",
    "a@au.com",
    "a@i.softbank.jp",
    "a@t.vodafone.ne.jp",
    "ａ＠ＤＯＣＯＭＯ．ne.jp",
  ]) {
    it(`J-2: ${email} needs the help on 指定受信`, () => assert.ok(isCarrierAddress(email)));
  }

  for (const email of ["a@example.jp", "a@notdocomo.ne.jp", "a@docomo.ne.jp.example.com", "docomo.ne.jp"]) {
    it(`J-2: ${email} does not`, () => assert.ok(!isCarrierAddress(email)));
  }

  it("M7: takes nothing but short ASCII with one @, whatever is typed", () => {
    const addressLike = fc.tuple(anyText, anyText).map(([a, b]) => `${a}@${b}.jp`);
    fc.assert(
      fc.property(fc.oneof(addressLike, fc.emailAddress()), (typed) => {
        const checked = checkEmail(typed);
        if (checked.ok) assert.match(checked.email, /^[!-;=?A-~]{1,64}@[a-z0-9.-]{3,252}$/);
      }),
    );
  });

  it("checks its own answer again without change", () => {
    assertIdempotent((text) => normalizeEmail(text).value);
    assertIdempotent((text) => emailKey(text) ?? "");
  });

  it("A-040: never throws and takes bounded time", () => {
    assertTotal(checkEmail);
    assertTotal(normalizeEmail);
    assertTotal(isLegacyCarrierAddress);
  });
});
