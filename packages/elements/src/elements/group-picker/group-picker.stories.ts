import { html } from "lit";
import type { PatientRow } from "@welby/contract/schemas";
import type { Fault, FaultTarget } from "@welby/mock";
import "../../define/group-picker.ts";
import { createHospital, HOSTILE_NAMES, type Hospital } from "../../../test/support/story/hospital.ts";
import { click, fill, inside, shown, whileOffline } from "../../../test/support/story/steps.ts";
import { until } from "../../../test/support/until.ts";
import { story, type Story } from "../../../test/support/story/story.ts";
import type { WelbyGroupPicker } from "./group-picker.ts";

export default { title: "welby-group-picker", component: "welby-group-picker", tags: ["autodocs"] };

interface Options {
  /** Names of the chosen groups, as a form control. */
  readonly value?: readonly string[];
  readonly patients?: (hospital: Hospital) => readonly PatientRow[];
  readonly required?: boolean;
  readonly readonly?: boolean;
  readonly disabled?: boolean;
  readonly world?: () => Promise<Hospital>;
  readonly fault?: readonly [target: FaultTarget, fault: Fault];
}

interface Scene {
  readonly picker: WelbyGroupPicker;
  readonly root: ShadowRoot;
  readonly hospital: Hospital;
}

function picker(options: Options, play: (scene: Scene) => Promise<unknown>): Story<Hospital> {
  return story({
    world: async () => {
      const hospital = await (options.world ?? createHospital)();
      if (options.fault) hospital.mock.faults.always(...options.fault);
      return hospital;
    },
    element: (hospital) =>
      html`<welby-group-picker
        name="groups"
        ?required=${options.required}
        ?readonly=${options.readonly}
        ?disabled=${options.disabled}
        .defaultValue=${options.value?.map((name) => hospital.groupIds.get(name) ?? "")}
        .patients=${options.patients?.(hospital)}
      ></welby-group-picker>`,
    play: async (canvas, hospital) => {
      const root = await inside(canvas, "welby-group-picker");
      await play({ picker: root.host as WelbyGroupPicker, root, hospital });
    },
  });
}

/** No group of the two patients. */
const CHOSEN = "禁煙外来";
const ONE = { patients: ({ patients: [kazuko] }: Hospital) => [kazuko] };
const TWO = { patients: ({ patients }: Hospital) => patients };
const never: Fault = { kind: "delay", ms: Infinity };
const alert = ({ root }: Scene) => shown(root, "[role=alert]");
const chips = ({ root }: Scene) => shown(root, ".chips");

async function open({ root }: Scene, typed?: string): Promise<void> {
  await click(root, "#input");
  if (typed !== undefined) await fill(root, "#input", typed);
  await shown(root, ".popup");
}

/** Chooses a group and closes the list. */
async function choose(scene: Scene, name = CHOSEN): Promise<void> {
  await open(scene);
  await click(scene.root, `[id="o-${scene.hospital.groupIds.get(name)}"]`);
  await click(scene.root, ".toggle");
}

/** Offers to create what was typed, and takes the offer. */
async function create(scene: Scene): Promise<void> {
  await open(scene, "外来Z");
  await click(scene.root, "[part=create]");
}

export const Patient = picker(ONE, chips);
export const Form = picker({ value: ["高血圧", "リブレ使用"] }, chips);
export const Open = picker(ONE, async (scene) => {
  await open(scene);
  await shown(scene.root, "[role=option]");
});
export const Filtered = picker({}, async (scene) => {
  await open(scene, "りぶ");
  await until(() => scene.root.querySelectorAll("[role=option]:not([part=create])").length === 1);
});
export const FilteredEmpty = picker({}, async (scene) => {
  await open(scene, "外来Z");
  await shown(scene.root, "[part=create]");
});
export const NameRefused = picker({}, async (scene) => {
  await open(scene, "あ".repeat(51));
  await shown(scene.root, ".note");
});
export const Empty = picker(
  { world: () => createHospital({ scenario: "emptyInstitution" }) },
  async (scene) => {
    await open(scene);
    await shown(scene.root, ".note");
  },
);

export const Creating = picker({ fault: ["createGroup", never] }, async (scene) => {
  await create(scene);
  await shown(scene.root, "[part=create][aria-disabled=true]");
});
export const CreateFailed = picker(
  { fault: ["createGroup", { kind: "problem", code: "limit_reached" }] },
  async (scene) => {
    await create(scene);
    await shown(scene.root, "[part=create] .w-error");
  },
);
export const CreateDuplicate = picker({}, async (scene) => {
  scene.hospital.quicker("createGroup", (other) => other.groups.create({ name: "外来Z" }));
  await create(scene);
  await shown(scene.root, "[role=option]:not([part=create])");
});

export const Many = picker(TWO, async (scene) => {
  await click(scene.root, "summary");
  await open(scene);
  await shown(scene.root, "[role=option] .count");
});
export const ManyChanged = picker(TWO, async (scene) => {
  await choose(scene);
  await shown(scene.root, "[part=save]");
});
export const Confirm = picker(TWO, async (scene) => {
  await choose(scene);
  await click(scene.root, "[part=save]");
  await shown(scene.root, "dialog[open]");
});

/** One patient's change, which is saved at once. */
function saving(fault: Fault | undefined, state: (scene: Scene) => Promise<unknown>): Story<Hospital> {
  return picker({ ...ONE, ...(fault && { fault: ["putPatientGroups", fault] as const }) }, async (scene) => {
    await choose(scene);
    await state(scene);
  });
}

export const Saving = saving(never, ({ picker }) => until(() => picker.matches(":state(saving)")));
export const Saved = saving(undefined, async ({ picker, hospital }) => {
  const { client, patients, groupIds } = hospital;
  const chosen = groupIds.get(CHOSEN) ?? "";
  await until(async () =>
    (await client.patients.getGroups(patients[0].id)).groupIds.includes(chosen as never),
  );
  await until(() => !picker.matches(":state(saving)"));
});
export const SaveFailed = saving({ kind: "problem", code: "not_linked" }, alert);
export const Conflict = picker(ONE, async (scene) => {
  const { hospital, root } = scene;
  const [{ id: patientId }] = hospital.patients;
  hospital.quicker("putPatientGroups", async (other) => {
    const { version } = await other.patients.getGroups(patientId);
    await other.patients.putGroups({
      patientId,
      version,
      groupIds: [hospital.groupIds.get("リブレ使用") ?? ""],
    });
  });
  await choose(scene);
  await shown(root, "[part=conflict]");
});

export const Loading = picker({ fault: [["listGroups", "listCategories"], never] }, async ({ root }) =>
  shown(root, "[aria-busy=true]"),
);
export const Error = picker({ fault: ["listGroups", { kind: "problem", code: "internal_error" }] }, alert);
export const Forbidden = picker({ fault: ["listGroups", { kind: "problem", code: "forbidden" }] }, alert);
export const Offline = picker({ fault: ["any", { kind: "drop" }] }, async (scene) => {
  await alert(scene);
  await whileOffline(() => scene.picker.reload());
});
export const Refreshing = picker(ONE, async (scene) => {
  await chips(scene);
  scene.hospital.mock.faults.always("any", never);
  void scene.picker.reload();
  await scene.picker.updateComplete;
});
export const Stale = picker(ONE, async (scene) => {
  await chips(scene);
  scene.hospital.mock.faults.always("any", { kind: "drop" });
  await scene.picker.reload();
  await scene.picker.updateComplete;
});

export const Required = picker({ required: true }, ({ root }) => shown(root, ".required"));
export const Readonly = picker({ ...ONE, readonly: true }, chips);
export const Disabled = picker({ value: ["高血圧"], disabled: true }, chips);

export const SignedOut = picker(ONE, async (scene) => {
  await chips(scene);
  await scene.hospital.client.auth.signOut();
  await shown(scene.root, "[part=error]");
});
export const Locked = picker(ONE, async (scene) => {
  await chips(scene);
  scene.hospital.mock.clock.advance(3_600_000);
  await scene.hospital.client.me.get().catch(() => undefined);
  await shown(scene.root, "[part=error]");
});

export const HostileNames = picker({ world: hostile, value: HOSTILE_NAMES }, async (scene) => {
  await open(scene);
  await chips(scene);
});

/** Straight into the store: the service itself would refuse some of them. */
async function hostile(): Promise<Hospital> {
  const hospital = await createHospital();
  const ids = [...hospital.groupIds.values()].slice(0, HOSTILE_NAMES.length);
  await hospital.mock.store.transaction(async (tx) => {
    for (const [index, id] of ids.entries())
      await tx.groups.update({ id }, { name: HOSTILE_NAMES[index] ?? "" });
    const [category] = await tx.categories.list({}, { orderBy: ["sortOrder"], limit: 1 });
    if (category) await tx.categories.update({ id: category.id }, { name: HOSTILE_NAMES[0] ?? "" });
  });
  return { ...hospital, groupIds: new Map(ids.map((id, index) => [HOSTILE_NAMES[index] ?? "", id])) };
}
