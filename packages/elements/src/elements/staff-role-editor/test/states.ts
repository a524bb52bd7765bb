import { staff, suzuki, takahashi, tanaka } from "../../../../test/support/hospital.ts";
import { failing, later, paginated } from "../../../../test/support/paginated.ts";
import { failure } from "../../../../test/support/stub-client.ts";
import type { StubClient } from "../../../../test/support/stub-client.ts";
import { until } from "../../../../test/support/until.ts";
import type { WelbyStaffRoleEditor } from "../staff-role-editor.ts";
import {
  changed,
  choose,
  dialog,
  enterPassword,
  find,
  hospital,
  members,
  mount,
  previewOf,
  ready,
  review,
  save,
  text,
} from "./mount.ts";

type Locale = "ja" | "en";

const never = new Promise<never>(() => undefined);
const refuses = (code: string, fields?: Record<string, unknown>) => async () => {
  throw failure(code, fields);
};

async function dirty(locale: Locale, client: StubClient = hospital()): Promise<WelbyStaffRoleEditor> {
  const editor = await ready(client, { locale });
  await choose(editor, takahashi, "admin");
  return editor;
}

async function reviewed(
  locale: Locale,
  parts: Parameters<typeof hospital>[0] = {},
): Promise<WelbyStaffRoleEditor> {
  const editor = await dirty(locale, hospital(parts));
  await review(editor);
  return editor;
}

/** The newest list after somebody else was quicker with 髙橋. */
async function conflicted(
  locale: Locale,
  changedBy: string | null = "田中 美咲",
): Promise<WelbyStaffRoleEditor> {
  let list = members;
  const conflicts = [{ id: takahashi.id, version: 2, changedBy, changedAt: "2026-11-23T09:05:00+09:00" }];
  const editor = await reviewed(locale, {
    staff: {
      list: () => paginated(list),
      changeRoles: async () => {
        list = members.map((member) => (member.id === takahashi.id ? { ...member, version: 2 } : member));
        throw failure("version_conflict", { conflicts });
      },
    },
  });
  save(editor);
  await until(() => find(editor, "[part=conflict]"));
  return editor;
}

const alert = (editor: Element) => until(() => find(editor, "[role=alert]"));

/** How each state of `welby-staff-role-editor` in states.json is reached. */
export const staffRoleEditorStates: Readonly<Record<string, (locale: Locale) => Promise<void>>> = {
  ready: async (locale) => void (await ready(hospital(), { locale })),

  one: async (locale) => {
    await ready(hospital({ staff: { get: async () => takahashi } }), { locale, staffId: takahashi.id });
  },

  locked: async (locale) => {
    const sole = staff(1, "山﨑 進", "ヤマザキ ススム", "admin", {
      actions: [{ action: "change_role", allowed: false, disabledReason: "last_admin" }],
    });
    await ready(hospital({ staff: { list: () => paginated([sole, takahashi]) } }), { locale });
  },

  dirty: async (locale) => void (await dirty(locale)),

  filtered: async (locale) => filter(await ready(hospital(), { locale }), "たかはし"),

  "filtered-empty": async (locale) => filter(await dirty(locale), "そのような人はいない"),

  previewing: async (locale) => {
    const editor = await dirty(locale, hospital({ staff: { previewRoles: () => never } }));
    find(editor, "[part=review]")?.click();
    await editor.updateComplete;
  },

  preview: async (locale) => void (await reviewed(locale)),

  "preview-self": async (locale) => {
    const preview = previewOf([[suzuki, "staff"]], { activeAdminsAfter: 1 });
    const editor = await ready(hospital({ staff: { previewRoles: async () => preview } }), { locale });
    await choose(editor, suzuki, "staff");
    await review(editor);
    save(editor);
    await until(() => find(editor, "#confirm-self-error"));
  },

  "preview-refused": async (locale) => {
    const changes = previewOf([
      [suzuki, "staff"],
      [tanaka, "staff", "last_admin"],
    ]).changes;
    const preview = previewOf([], {
      allowed: false,
      changes,
      problems: ["last_admin"],
      activeAdminsAfter: 0,
    });
    const editor = await ready(hospital({ staff: { previewRoles: async () => preview } }), { locale });
    await choose(editor, suzuki, "staff");
    await choose(editor, tanaka, "staff");
    await review(editor);
  },

  "reason-refused": async (locale) => {
    const editor = await reviewed(locale);
    const reason = find<HTMLInputElement>(editor, "#reason");
    if (reason) reason.value = "あ".repeat(201);
    reason?.dispatchEvent(new InputEvent("input", { bubbles: true }));
    save(editor);
    await until(() => find(editor, "#reason-error"));
  },

  "preview-failed": async (locale) => {
    const editor = await dirty(
      locale,
      hospital({ staff: { previewRoles: refuses("connection_failed", { retryable: true }) } }),
    );
    find(editor, "[part=review]")?.click();
    await alert(editor);
  },

  saving: async (locale) => {
    const editor = await reviewed(locale, { staff: { changeRoles: () => never } });
    save(editor);
    await editor.updateComplete;
  },

  "step-up": async (locale) => {
    save(await reviewed(locale, { staff: { changeRoles: refuses("step_up_required") } }));
    await until(() => document.querySelector("welby-staff-role-editor input[type=password]"));
  },

  "step-up-wrong": async (locale) => {
    const parts = {
      staff: { changeRoles: refuses("step_up_required") },
      auth: { reauthenticate: refuses("invalid_credentials") },
    };
    save(await reviewed(locale, parts));
    await enterPassword("not-the-password");
    await until(() => document.querySelector("welby-staff-role-editor .w-alert-error"));
  },

  "save-refused": async (locale) => {
    const editor = await reviewed(locale, {
      staff: { changeRoles: refuses("last_admin", { requestId: "req-7" }) },
    });
    save(editor);
    await alert(editor);
  },

  conflict: async (locale) => void (await conflicted(locale)),

  saved: async (locale) => {
    let list = members;
    const editor = await reviewed(locale, {
      staff: {
        list: () => paginated(list),
        changeRoles: async (input) => {
          const answer = changed(input);
          list = members.map((member) => answer.items.find(({ id }) => id === member.id) ?? member);
          return answer;
        },
      },
    });
    save(editor);
    await until(() => !dialog(editor) && find(editor, ".w-alert-success"));
  },

  leaving: async (locale) => {
    const editor = await dirty(locale);
    void editor.requestLeave();
    await until(() => find(editor, "dialog[open]"));
  },

  loading: async (locale) =>
    void (await mount(hospital({ staff: { list: () => later(never) } }), { locale })),

  empty: async (locale) => {
    const editor = await mount(hospital({ staff: { list: () => paginated([]) } }), { locale });
    await until(() => find(editor, "slot[name=empty]"));
  },

  error: async (locale) => {
    const broken = failure("internal_error", { retryable: true, requestId: "req-7" });
    await alert(await mount(hospital({ staff: { list: () => failing<never>(broken) } }), { locale }));
  },

  forbidden: async (locale) => {
    await alert(
      await mount(hospital({ staff: { list: () => failing<never>(failure("forbidden")) } }), { locale }),
    );
  },

  offline: async (locale) => {
    Object.defineProperty(navigator, "onLine", { configurable: true, value: false });
    try {
      const list = () => failing<never>(failure("connection_failed", { retryable: true }));
      await alert(await mount(hospital({ staff: { list } }), { locale }));
    } finally {
      Reflect.deleteProperty(navigator, "onLine");
    }
  },

  refreshing: async (locale) => {
    let loads = 0;
    const list = () => (loads++ === 0 ? paginated(members) : later<(typeof members)[number]>(never));
    const editor = await ready(hospital({ staff: { list } }), { locale });
    void editor.reload();
    await editor.updateComplete;
  },

  stale: async (locale) => {
    let loads = 0;
    const broken = failure("connection_failed", { retryable: true });
    const list = () => (loads++ === 0 ? paginated(members) : failing<(typeof members)[number]>(broken));
    const editor = await ready(hospital({ staff: { list } }), { locale });
    await editor.reload();
    await editor.updateComplete;
  },

  "signed-out": async (locale) => {
    const client = hospital();
    const editor = await ready(client, { locale });
    client.emit("signed_out", "signed_out");
    await until(() => !text(editor).includes(takahashi.name.text));
  },

  "hostile-names": async (locale) => {
    const list = ["<img src=x onerror=alert(1)>", "\u202Eesrever\u2069\u202E", "長".repeat(50)].map(
      (name, index) => staff(index + 1, name, "ア イ", "staff"),
    );
    await ready(hospital({ staff: { list: () => paginated(list) } }), { locale });
  },
};

async function filter(editor: WelbyStaffRoleEditor, query: string): Promise<void> {
  const field = find<HTMLInputElement>(editor, "#filter");
  if (field) field.value = query;
  field?.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await editor.updateComplete;
}
