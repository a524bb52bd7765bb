import { expect, fixture, html } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { groupId } from "../../../../test/support/hospital.ts";
import { until } from "../../../../test/support/until.ts";
import { chips, find, hospital, input, open, option, ready } from "./mount.ts";
import type { WelbyGroupPicker } from "../group-picker.ts";

const entries = (picker: WelbyGroupPicker) => new FormData(picker.form ?? undefined).getAll("groups");

describe("welby-group-picker in a form", () => {
  it("gives one entry a chosen group, under its name", async () => {
    const picker = await ready(hospital(), { value: [groupId(1)] });
    await open(picker);
    option(picker, "2型糖尿病").click();
    await until(() => entries(picker).length === 2);
    expect(entries(picker)).to.deep.equal([groupId(1), groupId(2)]);
  });

  it("tells the page of a change by welby-groups-change and change, when the form's data is written", async () => {
    const picker = await ready(hospital());
    const seen: unknown[] = [];
    picker.addEventListener("welby-groups-change", ({ detail }) => seen.push(detail.added));
    picker.addEventListener("change", () => seen.push(entries(picker)));
    await open(picker);
    option(picker, "2型糖尿病").click();
    await until(() => seen.length === 2);
    expect(seen).to.deep.equal([[groupId(2)], [groupId(2)]]);
  });

  it("needs no patient and asks for none", async () => {
    const client = hospital();
    await ready(client);
    expect(client.calls.map(([name]) => name).sort()).to.deep.equal(["categories.list", "groups.list"]);
  });

  it("required is fulfilled by one group", async () => {
    const picker = await ready(hospital(), { required: true });
    expect([picker.checkValidity(), picker.validity.valueMissing]).to.deep.equal([false, true]);
    expect(picker.validationMessage).to.equal("グループを1つ以上選んでください。");
    expect(picker.form?.checkValidity()).to.equal(false);
    picker.value = [groupId(1)];
    await picker.updateComplete;
    expect(picker.checkValidity()).to.equal(true);
  });

  it("reset goes back to the value attribute", async () => {
    const picker = await ready(hospital(), { value: [groupId(1)] });
    picker.value = [groupId(2), groupId(3)];
    await picker.updateComplete;
    picker.form?.reset();
    await picker.updateComplete;
    expect(entries(picker)).to.deep.equal([groupId(1)]);
    expect(chips(picker)).to.deep.equal(["高血圧を外す"]);
  });

  it("restores what the browser kept", async () => {
    const picker = await ready(hospital());
    picker.formStateRestoreCallback(`${groupId(2)} ${groupId(5)}`);
    await picker.updateComplete;
    expect(picker.value).to.deep.equal([groupId(2), groupId(5)]);
  });

  it("reads the value from the attribute, separated by spaces", async () => {
    const picker = await fixture<WelbyGroupPicker>(
      html`<welby-group-picker
        value="${groupId(1)}  ${groupId(2)}"
        .client=${hospital()}
      ></welby-group-picker>`,
    );
    expect(picker.value).to.deep.equal([groupId(1), groupId(2)]);
  });

  it("in a disabled fieldset it sends nothing and cannot be changed", async () => {
    const picker = await ready(hospital(), { value: [groupId(1)] });
    const fieldset = document.createElement("fieldset");
    picker.form?.append(fieldset);
    fieldset.append(picker);
    fieldset.disabled = true;
    await until(() => find<HTMLInputElement>(picker, "#input")?.disabled);
    expect(entries(picker)).to.deep.equal([]);
    find(picker, "button.chip")?.click();
    expect(picker.value).to.deep.equal([groupId(1)]);
  });

  it("readonly still sends its value and offers nothing to press", async () => {
    const picker = await ready(hospital(), { value: [groupId(1)], readonly: true, required: true });
    expect(entries(picker)).to.deep.equal([groupId(1)]);
    expect(picker.shadowRoot?.querySelectorAll("button, input")).to.have.length(0);
    picker.value = [];
    await picker.updateComplete;
    expect(picker.checkValidity()).to.equal(true);
  });

  it("a label of the page gives it the focus", async () => {
    const picker = await ready(hospital());
    picker.id = "picker";
    const label = document.createElement("label");
    label.htmlFor = "picker";
    label.textContent = "所属";
    picker.form?.prepend(label);
    label.click();
    expect(picker.shadowRoot?.activeElement).to.equal(input(picker));
  });

  it("Enter never submits the form, with the list open or closed", async () => {
    const picker = await ready(hospital());
    let submitted = 0;
    picker.form?.addEventListener("submit", () => (submitted += 1));
    picker.focus();
    await sendKeys({ press: "Enter" });
    await sendKeys({ press: "ArrowDown" });
    await sendKeys({ press: "Enter" });
    await sendKeys({ press: "Escape" });
    await sendKeys({ press: "Enter" });
    expect(submitted).to.equal(0);
  });

  it("keeps ids of groups that no longer exist visible, so that they can be taken away", async () => {
    const picker = await ready(hospital(), { value: [groupId(99)] });
    expect(chips(picker)).to.deep.equal(["削除されたグループを外す"]);
    find(picker, "button.chip")?.click();
    await until(() => picker.value.length === 0);
  });
});
