import { html } from "lit";
import type { StaffMember } from "@welby/contract/schemas";
import type { Fault, FaultTarget } from "@welby/mock";
import "../../define/staff-role-editor.ts";
import { HOSTILE_NAMES } from "../../../test/support/story/hospital.ts";
import { click, fill, inside, shown, submit, whileOffline } from "../../../test/support/story/steps.ts";
import { story, type Story } from "../../../test/support/story/story.ts";
import { createWorld, deskOf, type World } from "../../../test/support/story/world.ts";
import type { WelbyStaffRoleEditor } from "./staff-role-editor.ts";

export default { title: "welby-staff-role-editor", component: "welby-staff-role-editor", tags: ["autodocs"] };

/** A world with an administrator signed in and the members of the hospital. */
interface Staff extends World {
  readonly members: readonly StaffMember[];
}

interface Options {
  readonly world?: () => Promise<Staff>;
  /** Only this member, by mail address. */
  readonly only?: string;
  readonly fault?: readonly [target: FaultTarget, fault: Fault];
}

interface Scene {
  readonly editor: WelbyStaffRoleEditor;
  readonly root: ShadowRoot;
  readonly canvas: HTMLElement;
  readonly staff: Staff;
}

type Play = (scene: Scene) => Promise<unknown>;

async function staffOf(as: "admin" | "soleAdmin" = "admin"): Promise<Staff> {
  const world = await createWorld({ as });
  return { ...world, members: (await world.client.staff.list({ limit: 200 })).items };
}

function editor(options: Options, play: Play): Story<Staff> {
  return story({
    world: async () => {
      const staff = await (options.world ?? staffOf)();
      if (options.fault) staff.mock.faults.always(...options.fault);
      return staff;
    },
    element: (staff) =>
      html`<welby-staff-role-editor
        .staffId=${options.only === undefined ? undefined : member(staff, options.only).id}
      ></welby-staff-role-editor>`,
    play: async (canvas, staff) => {
      const root = await inside(canvas, "welby-staff-role-editor");
      await play({ editor: root.host as WelbyStaffRoleEditor, root, canvas, staff });
    },
  });
}

const [SUZUKI, TANAKA, TAKAHASHI] = [
  "suzuki@minato.example.jp",
  "tanaka@minato.example.jp",
  "takahashi@minato.example.jp",
];
const never: Fault = { kind: "delay", ms: Infinity };
const table = ({ root }: Scene) => shown(root, "table");
const alert = ({ root }: Scene) => shown(root, "[role=alert]");

function member({ members }: Staff, email: string): StaffMember {
  const found = members.find((one) => one.email === email);
  if (!found) throw new globalThis.Error(`${email} is no member.`);
  return found;
}

const choose = ({ root, staff }: Scene, email: string, role: "admin" | "staff") =>
  click(root, `input[name="role-${member(staff, email).id}"][value="${role}"]`);

/** One change, not saved yet. */
async function change(scene: Scene): Promise<void> {
  await table(scene);
  await choose(scene, TAKAHASHI, "admin");
  await shown(scene.root, ".changed");
}

async function review({ root }: Scene): Promise<void> {
  await click(root, "[part=review]");
  await shown(root, "#review-dialog[open]");
}

/** The same, up to the question whether to save. */
async function preview(scene: Scene): Promise<void> {
  await change(scene);
  await review(scene);
}

async function save(scene: Scene): Promise<void> {
  await preview(scene);
  await click(scene.root, "[part=save]");
}

export const Ready = editor({}, table);
export const One = editor({ only: TAKAHASHI }, table);
export const Locked = editor({ world: () => staffOf("soleAdmin") }, table);
export const Dirty = editor({}, change);

const filter = (root: ShadowRoot, query: string) => fill(root, "#filter", query);
export const Filtered = editor({}, async (scene) => {
  await table(scene);
  await filter(scene.root, "たかはし");
});
export const FilteredEmpty = editor({}, async (scene) => {
  await change(scene);
  await filter(scene.root, "そのような人はいない");
});

export const Previewing = editor({ fault: ["previewStaffRoles", never] }, async (scene) => {
  await change(scene);
  await click(scene.root, "[part=review]");
  await shown(scene.root, "[part=review][aria-disabled=true]");
});
export const Preview = editor({}, preview);
export const PreviewSelf = editor({}, async (scene) => {
  await table(scene);
  await choose(scene, SUZUKI, "staff");
  await review(scene);
  await click(scene.root, "[part=save]");
  await shown(scene.root, "#confirm-self-error");
});
export const PreviewRefused = editor({}, async (scene) => {
  await table(scene);
  for (const email of [SUZUKI, TANAKA]) await choose(scene, email, "staff");
  await review(scene);
});
export const ReasonRefused = editor({}, async (scene) => {
  await preview(scene);
  await fill(scene.root, "#reason", "あ".repeat(201));
  await click(scene.root, "[part=save]");
  await shown(scene.root, "#reason-error");
});
export const PreviewFailed = editor({ fault: ["previewStaffRoles", { kind: "drop" }] }, async (scene) => {
  await change(scene);
  await click(scene.root, "[part=review]");
  await alert(scene);
});

export const Saving = editor({ fault: ["changeStaffRoles", never] }, save);

const PASSWORD = "welby-staff-role-editor input[type=password]";

/** The password was typed six minutes ago: the service asks for it again. */
function stepUp(play: Play): Story<Staff> {
  return editor({}, async (scene) => {
    await preview(scene);
    scene.staff.mock.clock.advance(6 * 60_000);
    await click(scene.root, "[part=save]");
    await shown(scene.canvas, PASSWORD);
    await play(scene);
  });
}

export const StepUp = stepUp(async () => undefined);
export const StepUpWrong = stepUp(async ({ canvas }) => {
  await fill(canvas, PASSWORD, "asagao-tegami-koharu-8");
  await submit(canvas, "welby-staff-role-editor form");
  await shown(canvas, "welby-staff-role-editor .w-alert-error");
});

export const SaveRefused = editor(
  { fault: ["changeStaffRoles", { kind: "problem", code: "last_admin" }] },
  async (scene) => {
    await save(scene);
    await alert(scene);
  },
);
export const Conflict = editor({}, async (scene) => {
  const { id: staffId, version } = member(scene.staff, TAKAHASHI);
  await preview(scene);
  const other = await deskOf(scene.staff.mock, "otherAdmin");
  const { version: next } = await other.staff.changeRole({ staffId, role: "admin", version });
  await other.staff.changeRole({ staffId, role: "staff", version: next });
  await click(scene.root, "[part=save]");
  await shown(scene.root, "[part=conflict]");
});
export const Saved = editor({}, async (scene) => {
  await save(scene);
  await shown(scene.root, ".w-alert-success");
});

export const Leaving = editor({}, async (scene) => {
  await change(scene);
  void scene.editor.requestLeave();
  await shown(scene.root, "dialog[open]");
});

export const Loading = editor({ fault: ["listStaff", never] }, ({ root }) => shown(root, "[aria-busy=true]"));
export const Empty = editor(
  { fault: ["listStaff", { kind: "answer", body: { items: [], nextCursor: null, total: 0 } }] },
  ({ root }) => shown(root, "slot[name=empty]"),
);
export const Error = editor({ fault: ["listStaff", { kind: "problem", code: "internal_error" }] }, alert);
export const Forbidden = editor({ fault: ["listStaff", { kind: "problem", code: "forbidden" }] }, alert);
export const Offline = editor({ fault: ["any", { kind: "drop" }] }, async (scene) => {
  await alert(scene);
  await whileOffline(() => scene.editor.reload());
});
export const Refreshing = editor({}, async (scene) => {
  await table(scene);
  scene.staff.mock.faults.always("any", never);
  void scene.editor.reload();
  await scene.editor.updateComplete;
});
export const Stale = editor({}, async (scene) => {
  await table(scene);
  scene.staff.mock.faults.always("any", { kind: "drop" });
  await scene.editor.reload();
  await alert(scene);
});
export const SignedOut = editor({}, async (scene) => {
  await table(scene);
  await scene.staff.client.auth.signOut();
  await shown(scene.root, "[part=error]");
});
export const HostileNames = editor({ world: hostile }, table);

/** Straight into the store: the service itself would refuse some of them. */
async function hostile(): Promise<Staff> {
  const staff = await staffOf();
  await staff.mock.store.transaction(async (tx) => {
    for (const [index, { id }] of staff.members.entries()) {
      const nameText = HOSTILE_NAMES[index];
      if (nameText !== undefined) await tx.staff.update({ id }, { nameText, family: null, given: null });
    }
  });
  return staff;
}
