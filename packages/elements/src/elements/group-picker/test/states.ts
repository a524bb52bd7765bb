import { categories, group, groupId, groups, kazuko, wako } from "../../../../test/support/hospital.ts";
import { failing, later, paginated } from "../../../../test/support/paginated.ts";
import { failure } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import type { WelbyGroupPicker } from "../group-picker.ts";
import { all, find, hospital, mount, open, options, press, ready, setOf, textOf, type } from "./mount.ts";

type Locale = "ja" | "en";

const never = new Promise<never>(() => undefined);
const refuses = (code: string, fields?: Record<string, unknown>) => async () => {
  throw failure(code, fields);
};
const lists = (list: typeof groups) => ({ groups: { list: () => paginated(list) } });

async function openList(picker: WelbyGroupPicker, text?: string): Promise<WelbyGroupPicker> {
  await open(picker);
  if (text !== undefined) await type(picker, text);
  return picker;
}

/** Presses the option that creates. */
async function create(locale: Locale, answer: () => Promise<never>, name = "リブレ"): Promise<void> {
  const picker = await openList(await ready(hospital({ groups: { create: answer } }), { locale }), name);
  all(picker, "[part=create]").at(-1)?.click();
  await picker.updateComplete;
}

async function changedOne(
  locale: Locale,
  putGroups: () => Promise<ReturnType<typeof setOf>>,
  getGroups = async () => setOf([groupId(1)]),
) {
  const picker = await ready(hospital({ patients: { getGroups, putGroups } }), {
    locale,
    patients: [kazuko],
  });
  await openList(picker);
  find(picker, `[id="o-${groupId(2)}"]`)?.click();
  picker.shadowRoot?.querySelector<HTMLElement>(".toggle")?.click();
  await picker.updateComplete;
  return picker;
}

async function changedMany(locale: Locale): Promise<WelbyGroupPicker> {
  const picker = await ready(hospital(), { locale, patients: [kazuko, wako] });
  await openList(picker);
  find(picker, `[id="o-${groupId(2)}"]`)?.click();
  find(picker, ".toggle")?.click();
  await picker.updateComplete;
  return picker;
}

const alert = (picker: Element) => until(() => find(picker, "[role=alert]"));

/** How each state of `welby-group-picker` in states.json is reached. */
export const groupPickerStates: Readonly<Record<string, (locale: Locale) => Promise<void>>> = {
  patient: async (locale) => void (await ready(hospital(), { locale, patients: [kazuko] })),

  form: async (locale) => void (await ready(hospital(), { locale, value: [groupId(1), groupId(5)] })),

  open: async (locale) => void (await openList(await ready(hospital(), { locale, patients: [kazuko] }))),

  filtered: async (locale) => void (await openList(await ready(hospital(), { locale }), "りぶ")),

  "filtered-empty": async (locale) => void (await openList(await ready(hospital(), { locale }), "禁煙外来")),

  "name-refused": async (locale) =>
    void (await openList(await ready(hospital(), { locale }), "あ".repeat(51))),

  empty: async (locale) => void (await openList(await ready(hospital(lists([])), { locale }))),

  creating: (locale) => create(locale, () => never),

  "create-failed": async (locale) => {
    await create(locale, refuses("limit_reached"));
    await until(() =>
      document.querySelector("welby-group-picker")?.shadowRoot?.querySelector(".create .w-error"),
    );
  },

  "create-duplicate": async (locale) => {
    let list = groups;
    const parts = { groups: { list: () => paginated(list), create: refuses("duplicate_name") } };
    const picker = await openList(await ready(hospital(parts), { locale }), "禁煙外来");
    list = [...groups, group(7, "禁煙外来", 2)];
    find(picker, "[part=create]")?.click();
    await until(() => options(picker).includes("禁煙外来"));
  },

  many: async (locale) => {
    const picker = await ready(hospital(), { locale, patients: [kazuko, wako] });
    find(picker, "summary")?.click();
    await openList(picker);
  },

  "many-changed": async (locale) => void (await changedMany(locale)),

  confirm: async (locale) => {
    const picker = await changedMany(locale);
    await press(picker, "[part=save]");
    await until(() => find(picker, "dialog[open]"));
  },

  saving: async (locale) => void (await changedOne(locale, () => never)),

  saved: async (locale) => {
    const picker = await changedOne(locale, async () => setOf([groupId(1), groupId(2)], 2));
    await until(() => picker.matches(":not(:state(saving))"));
  },

  "save-failed": async (locale) => {
    await alert(await changedOne(locale, refuses("not_linked", { requestId: "req-7" })));
  },

  conflict: async (locale) => {
    const conflicts = [
      { id: kazuko.id, version: 2, changedBy: "鈴木 健一", changedAt: "2026-11-23T09:05:00+09:00" },
    ];
    let current = setOf([groupId(1)], 1);
    const picker = await changedOne(
      locale,
      async () => {
        current = setOf([groupId(5)], 2);
        throw failure("version_conflict", { conflicts });
      },
      async () => current,
    );
    await until(() => textOf(find(picker, "[part=conflict]")).includes("リブレ使用"));
  },

  loading: async (locale) => {
    await mount(hospital({ groups: { list: () => later(never) } }), { locale });
  },

  error: async (locale) => {
    const list = () => failing<never>(failure("internal_error", { retryable: true, requestId: "req-7" }));
    await alert(await mount(hospital({ groups: { list } }), { locale }));
  },

  forbidden: async (locale) => {
    await alert(
      await mount(hospital({ groups: { list: () => failing<never>(failure("forbidden")) } }), { locale }),
    );
  },

  offline: async (locale) => {
    const onLine = Object.getOwnPropertyDescriptor(Navigator.prototype, "onLine");
    Object.defineProperty(navigator, "onLine", { configurable: true, value: false });
    try {
      const list = () => failing<never>(failure("connection_failed", { retryable: true }));
      await alert(await mount(hospital({ groups: { list } }), { locale }));
    } finally {
      if (onLine) Reflect.deleteProperty(navigator, "onLine");
    }
  },

  refreshing: async (locale) => {
    let loads = 0;
    const list = () => (loads++ === 0 ? paginated(groups) : later<(typeof groups)[number]>(never));
    const picker = await ready(hospital({ groups: { list } }), { locale, patients: [kazuko] });
    void picker.reload();
    await picker.updateComplete;
  },

  stale: async (locale) => {
    let loads = 0;
    const broken = failure("connection_failed", { retryable: true });
    const list = () => (loads++ === 0 ? paginated(groups) : failing<(typeof groups)[number]>(broken));
    const picker = await ready(hospital({ groups: { list } }), { locale, patients: [kazuko] });
    await picker.reload();
    await picker.updateComplete;
  },

  required: async (locale) => void (await ready(hospital(), { locale, required: true })),

  readonly: async (locale) => void (await ready(hospital(), { locale, patients: [kazuko], readonly: true })),

  disabled: async (locale) => void (await ready(hospital(), { locale, value: [groupId(1)], disabled: true })),

  "signed-out": async (locale) => {
    const client = hospital();
    const picker = await ready(client, { locale, patients: [kazuko] });
    client.emit("signed_out", "signed_out");
    await picker.updateComplete;
  },

  locked: async (locale) => {
    const client = hospital();
    const picker = await ready(client, { locale, patients: [kazuko] });
    client.emit("locked", "locked");
    await picker.updateComplete;
  },

  "hostile-names": async (locale) => {
    const names = [
      "<img src=x onerror=alert(1)>",
      "\u202Eesrever\u2069\u202E",
      "'); DROP TABLE groups;--",
      "長".repeat(50),
    ];
    const list = names.map((name, index) => group(index + 1, name));
    const parts = {
      ...lists(list),
      categories: { list: () => paginated([{ ...categories[0]!, name: names[0]! }]) },
    };
    await openList(await ready(hospital(parts), { locale, value: list.map(({ id }) => id) }));
  },
};
