// A plain table that the portal renders itself from the SDK, and the kit's group picker beside it.
import { client } from "./client.js";
import { patientRow } from "./patient-row.js";
import { explain, signedIn } from "./signed-in.js";
import { say } from "./texts.js";

/** @template {Element} T @param {string} selector @returns {T} */
const find = (selector) => /** @type {T} */ (document.querySelector(selector));
const rows = /** @type {HTMLElement} */ (find("#rows"));
const count = /** @type {HTMLElement} */ (find("#count"));
const more = /** @type {HTMLButtonElement} */ (find("#more"));
const retry = /** @type {HTMLButtonElement} */ (find("#retry"));
const query = /** @type {HTMLInputElement} */ (find("#query"));
const picker = /** @type {HTMLElement & { patientIds: string[], patients: unknown[] }} */ (find("#picker"));

/** @type {Map<string, any>} the patients that are picked, by id, also when a search no longer shows them */
const picked = new Map();
/** @type {any[]} */
let shown = [];
/** @type {{ cursor: string | null, search: AbortController }} */
const list = { cursor: null, search: new AbortController() };

await signedIn({ signIn: "/" });
await load();

find("#search").addEventListener("submit", (event) => {
  event.preventDefault();
  void load();
});
more.addEventListener("click", () => void load(list.cursor));
retry.addEventListener("click", () => void load(list.cursor));
addEventListener("online", () => {
  if (!retry.hidden) void load(list.cursor);
});
rows.addEventListener("change", (event) => {
  const box = /** @type {HTMLInputElement} */ (event.target);
  if (box.checked)
    picked.set(
      box.value,
      shown.find((patient) => patient.id === box.value),
    );
  else picked.delete(box.value);
  showPicked();
});
picker.addEventListener("welby-groups-change", () => void load());
picker.addEventListener("welby-group-create", () => void load());
// What was asked for before the screen was locked.
client.on("session", ({ reason }) => {
  if (reason === "reauthenticated") void load();
});

/** @param {string | null} [cursor] */
async function load(cursor) {
  list.search.abort();
  const { signal } = (list.search = new AbortController());
  list.cursor = cursor ?? null;
  retry.hidden = true;
  if (!shown.length) count.textContent = say("loading");
  try {
    const [page, names] = await Promise.all([
      client.patients.search({ query: query.value, limit: 50, ...(cursor ? { cursor } : {}) }, { signal }),
      groupNames(signal),
    ]);
    shown = cursor ? [...shown, ...page.items] : [...page.items];
    list.cursor = page.nextCursor;
    rows.replaceChildren(...shown.map((patient) => patientRow(patient, names, picked.has(patient.id))));
    count.textContent = page.total ? say("found", { total: page.total, shown: shown.length }) : say("none");
    more.hidden = !page.nextCursor;
  } catch (error) {
    if (signal.aborted) return;
    count.textContent = explain(error);
    retry.hidden = false;
  }
}

/** @param {AbortSignal} signal @returns {Promise<Map<string, string>>} */
async function groupNames(signal) {
  const names = new Map();
  for await (const group of client.groups.list({ limit: 200 }, { signal })) names.set(group.id, group.name);
  return names;
}

function showPicked() {
  picker.hidden = picked.size === 0;
  find("#to-picker").toggleAttribute("hidden", picked.size === 0);
  picker.patients = [...picked.values()];
  picker.patientIds = [...picked.keys()];
  find("#picked").textContent = picked.size ? say("picked", { count: picked.size }) : say("pickFirst");
}
