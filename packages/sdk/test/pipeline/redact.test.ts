import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createRedact, FORMS } from "../../src/pipeline/redact.ts";

describe("text of a server", () => {
  const redact = createRedact([
    "asagao-tegami",
    { name: { family: "yamazaki_susumu" } },
    ["tokentoken"],
    undefined,
    "short",
  ]);

  test("passes when it has the form and repeats nothing", () => {
    assert.equal(redact("last_admin", FORMS.code), "last_admin");
    assert.equal(
      redact("0b0f7d34-6c1e-4b5e-9a70-3d2f0c5f8a11", FORMS.requestId),
      "0b0f7d34-6c1e-4b5e-9a70-3d2f0c5f8a11",
    );
    assert.equal(redact("changes.0.role", FORMS.path), "changes.0.role");
  });

  test("is dropped when it repeats a secret, however deep that stood in the input", () => {
    for (const text of ["asagao-tegami", "x.asagao-tegami.y", "yamazaki_susumu", "tokentoken1"])
      assert.equal(redact(text, FORMS.requestId), undefined);
  });

  test("is not dropped for a short word that codes are made of", () => {
    assert.equal(redact("too_short", FORMS.code), "too_short");
  });

  test("is dropped when it has another form", () => {
    for (const text of ["<script>", "Last_admin", "a b", "", "x".repeat(65), 5, null, undefined, {}])
      assert.equal(redact(text, FORMS.code), undefined);
  });
});
