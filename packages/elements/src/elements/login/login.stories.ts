import { html } from "lit";
import { people, type DemoPerson } from "@welby/mock";
import "../../define/login.ts";
import { click, fill, shown, submit, whileOffline } from "../../../test/support/story/steps.ts";
import { story, type Story } from "../../../test/support/story/story.ts";
import { createWorld, deskOf, type World, type WorldOptions } from "../../../test/support/story/world.ts";

export default { title: "welby-login", component: "welby-login", tags: ["autodocs"] };

type Play = (canvas: HTMLElement, world: World) => Promise<void>;
type Fault = Parameters<World["mock"]["faults"]["always"]>[1];

const never: Fault = { kind: "delay", ms: Infinity };
const FORM = "welby-login form";
const saito: DemoPerson = { ...people.staff, loginId: "saito@minato.example.jp" };

function login(play?: Play, world: () => Promise<World> = () => createWorld()): Story {
  return story({
    world,
    element: () => html`<welby-login audience="staff" reset-href="#reset"></welby-login>`,
    ...(play && { play }),
  });
}

/** Fills in and sends the first view, once it is ready for use. */
async function signIn(canvas: HTMLElement, { loginId, password } = people.admin): Promise<void> {
  await ready(canvas);
  await fill(canvas, `${FORM} input[name="username"]`, loginId);
  await fill(canvas, `${FORM} input[name="password"]`, password);
  await submit(canvas, FORM);
}

/** What the form does is loaded when somebody uses it. */
async function ready(canvas: HTMLElement): Promise<void> {
  const element = await shown(canvas, "welby-login");
  element.dispatchEvent(new FocusEvent("focusin"));
  await shown(element.shadowRoot ?? element, "[role=status]");
}

/** A sign-in that the service answers so. */
function answered(fault: Fault, state: string): Story {
  return login(async (canvas, { mock }) => {
    mock.faults.always("any", fault);
    await signIn(canvas);
    await shown(canvas, state);
  });
}

const alert = "welby-login .w-alert-error";
/** A view without a form and with a button: signed in, or a dead end. */
const WITHOUT_FORM = "welby-login .welby-light:not(:has(form))";
const SIGN_OUT = `${WITHOUT_FORM} .w-actions button`;

export const Credentials = login(async (canvas) => void (await shown(canvas, FORM)));

export const CredentialsPatient = story({
  world: () => createWorld(),
  element: () => html`<welby-login audience="patient" reset-href="#reset"></welby-login>`,
  play: async (canvas) => void (await shown(canvas, FORM)),
});

export const OneFieldMissing = login(async (canvas) => {
  await signIn(canvas, { ...people.admin, password: "" });
  await shown(canvas, "welby-login .w-error");
});

export const BothFieldsMissing = login(async (canvas) => {
  await signIn(canvas, { ...people.admin, loginId: "", password: "" });
  await shown(canvas, alert);
});

export const SigningIn = answered(never, `${FORM} [aria-disabled="true"]`);

export const WrongCredentials = login(async (canvas) => {
  await signIn(canvas, { ...people.admin, password: "asagao-tegami-koharu-8" });
  await shown(canvas, alert);
});

export const RateLimited = answered({ kind: "problem", code: "rate_limited", retryAfterSec: 30 }, alert);
export const ConnectionFailed = answered({ kind: "drop" }, alert);
export const ServerError = answered({ kind: "problem", code: "internal_error" }, alert);
export const Maintenance = answered({ kind: "problem", code: "maintenance" }, alert);

export const Offline = login(async (canvas) => {
  await ready(canvas);
  await whileOffline(() => shown(canvas, "welby-login .w-alert"));
});

export const PasswordShown = login(async (canvas) => {
  await ready(canvas);
  await click(canvas, "welby-login [aria-controls]");
  await fill(canvas, `${FORM} input[name="password"]`, "ｐａｓｓ");
  await shown(canvas, "welby-login [id$=-notes]");
});

const university = () => createWorld({ clientId: people.mfaAdmin.clientId });

export const SecondFactor = login(async (canvas) => {
  await signIn(canvas, people.mfaAdmin);
  await shown(canvas, `${FORM} input[name="code"]`);
}, university);

export const SecondFactorWrong = login(async (canvas) => {
  await signIn(canvas, people.mfaAdmin);
  await fill(canvas, `${FORM} input[name="code"]`, "000000");
  await submit(canvas, FORM);
  await shown(canvas, alert);
}, university);

/** The invited member comes with the password of the welcome mail. */
function passwordChange(fault: Fault | undefined, state: string, newPassword?: string): Story {
  return login(
    async (canvas, { mock }) => {
      if (fault) mock.faults.always("getPasswordPolicy", fault);
      await signIn(canvas, saito);
      const field = `${FORM} input[name="new-password"]`;
      await shown(canvas, field);
      if (newPassword !== undefined) {
        await shown(canvas, "welby-login li");
        await fill(canvas, field, newPassword);
        await submit(canvas, FORM);
      }
      await shown(canvas, state);
    },
    () => createWorld({ scenario: "initialPassword" }),
  );
}

export const PasswordChange = passwordChange(undefined, "welby-login li");
export const PasswordChangeRulesLoading = passwordChange(never, FORM);
export const PasswordChangeRulesUnavailable = passwordChange(
  { kind: "drop" },
  "welby-login .w-alert-warning",
);
export const PasswordChangeRefused = passwordChange(
  undefined,
  "welby-login .w-check-refused",
  "passwordpassword",
);

const admin: WorldOptions = { as: "admin" };

/** Somebody is signed in; later the time has run out. */
async function after(hours: number, { mock, client }: World): Promise<void> {
  mock.clock.advance(hours * 3_600_000);
  await client.me.get().catch(() => undefined);
}

export const Locked = login(
  async (canvas) => {
    await ready(canvas);
    await shown(canvas, `${FORM} .w-button-secondary`);
  },
  async () => {
    const world = await createWorld(admin);
    await after(1, world);
    return world;
  },
);

export const Expired = login(
  async (canvas, world) => {
    await ready(canvas);
    await shown(canvas, SIGN_OUT);
    await after(13, world);
    await shown(canvas, `${FORM} .w-alert`);
  },
  () => createWorld(admin),
);

export const SignedIn = login(
  async (canvas) => {
    await signIn(canvas);
    await shown(canvas, "welby-login time");
  },
  async () => {
    const world = await createWorld();
    await deskOf(world.mock, "admin");
    return world;
  },
);

export const SignedInRestored = login(
  async (canvas) => {
    await ready(canvas);
    await shown(canvas, SIGN_OUT);
  },
  () => createWorld(admin),
);

export const SignedOut = login(
  async (canvas) => {
    await ready(canvas);
    await click(canvas, SIGN_OUT);
    await shown(canvas, `${FORM} .w-alert`);
  },
  () => createWorld(admin),
);

export const UnsupportedStep = login(async (canvas, { mock }) => {
  mock.faults.always("signIn", { kind: "answer", body: { status: "passkey_required" } });
  await signIn(canvas);
  await shown(canvas, `${WITHOUT_FORM} h2`);
});

export const Insecure = login(async (canvas) => {
  await signIn(canvas);
  await shown(canvas, `${WITHOUT_FORM} .w-alert-error`);
}, insecureWorld);

/** The SDK refuses on plain http; this page is on a secure connection, so its refusal is played. */
async function insecureWorld(): Promise<World> {
  const { mock, client } = await createWorld();
  const refused = Object.assign(new Error("insecure_context"), {
    code: "insecure_context",
    retryable: false,
  });
  const auth = { ...client.auth, signIn: () => Promise.reject(refused) };
  return { mock, client: Object.create(client, { auth: { value: auth } }) as World["client"] };
}
