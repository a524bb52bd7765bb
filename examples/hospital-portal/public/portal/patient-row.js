import { birthDateTexts } from "./birth-date.js";
import { say } from "./texts.js";

/**
 * One row of the plain table: name with reading, birth date, number, groups. Text only, never HTML from a string.
 * @param {any} patient @param {Map<string, string>} groupNames @param {boolean} picked
 */
export function patientRow(patient, groupNames, picked) {
  const box = Object.assign(document.createElement("input"), {
    type: "checkbox",
    value: patient.id,
    checked: picked,
  });
  box.setAttribute(
    "aria-label",
    say("pickOne", { name: `${patient.name.text} ${patient.patientNumber ?? ""}`.trim() }),
  );
  const label = document.createElement("label");
  label.append(box);

  const name = document.createElement("th");
  // Spelled out: on a phone the rows are laid out as blocks, and an engine may then no longer see a table.
  name.scope = "row";
  name.setAttribute("role", "rowheader");
  name.append(element("span", patient.name.text), element("span", patient.name.kana ?? "", "kana"));
  if (patient.sameName) name.append(element("span", say("sameName"), "sub same"));

  const number = cell(patient.patientNumber ?? "");
  // What the column says is not seen on a phone.
  number.dataset["label"] = say("patientNumber");

  const groups = cell();
  for (const id of patient.groupIds) groups.append(element("span", groupNames.get(id) ?? "…", "tag"));

  const row = document.createElement("tr");
  row.setAttribute("role", "row");
  row.append(
    cell(label),
    name,
    cell(...birthDateTexts(patient.birthDate).map((text) => element("span", text, "whole"))),
    number,
    groups,
  );
  return row;
}

/** @param {string} tag @param {string} text @param {string} [className] */
function element(tag, text, className = "") {
  return Object.assign(document.createElement(tag), { textContent: text, className });
}

/** @param {(Node | string)[]} content */
function cell(...content) {
  const td = document.createElement("td");
  td.setAttribute("role", "cell");
  td.append(...content);
  return td;
}
