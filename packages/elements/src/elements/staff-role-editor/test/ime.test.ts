import { expect } from "@open-wc/testing";
import { compose, confirmWithEnter, itWithIme, pressInIme } from "../../../../test/support/ime.ts";
import { takahashi } from "../../../../test/support/hospital.ts";
import { until } from "../../../../test/support/until.ts";
import { all, announced, callsOf, choose, dialog, find, hospital, ready, review, textOf } from "./mount.ts";

describe("welby-staff-role-editor with an IME", () => {
  itWithIme("finds people by kana that are not converted yet, and counts them afterwards", async () => {
    const editor = await ready();
    find(editor, "#filter")?.focus();
    await compose("たかはs");
    await until(() => all(editor, "tbody .name").map(textOf).join() === "髙橋 由美");
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(announced(editor)).to.equal("");
    await confirmWithEnter("高橋");
    await until(() => announced(editor) === "1人");
    expect(all(editor, "tbody .name").map(textOf)).to.deep.equal(["髙橋 由美"]);
  });

  itWithIme(
    "the Enter that confirms a conversion in the reason saves nothing, and Escape keeps the dialog (J-6)",
    async () => {
      const client = hospital();
      const editor = await ready(client);
      await choose(editor, takahashi, "admin");
      await review(editor);
      find(editor, "#reason")?.focus();
      await compose("いどう");
      await pressInIme("Escape");
      expect(dialog(editor)).to.not.equal(null);
      await compose("いどう");
      await confirmWithEnter("異動");
      expect(find<HTMLInputElement>(editor, "#reason")?.value).to.equal("異動");
      expect(dialog(editor)).to.not.equal(null);
      expect(callsOf(client, "staff.changeRoles")).to.have.length(0);
    },
  );
});
