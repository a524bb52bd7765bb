import { html } from "lit";
import { people } from "@welby/mock";
import "../../define/password-reset.ts";
import { click, fill, shown, submit, whileOffline } from "../../../test/support/story/steps.ts";
import { story, type Story } from "../../../test/support/story/story.ts";
import { createWorld, type World } from "../../../test/support/story/world.ts";

export default {
  title: "welby-password-reset",
  component: "welby-password-reset",
  tags: ["autodocs"],
  // Each in a frame of its own: a link's token stands in the page's address, and there is one of those.
  parameters: { docs: { story: { inline: false, height: "24rem" } } },
};

type Play = (canvas: HTMLElement, world: World) => Promise<void>;
type Fault = Parameters<World["mock"]["faults"]["always"]>[1];

const FORM = "welby-password-reset form";
const EMAIL = `${FORM} input[name="email"]`;
const NEW_PASSWORD = `${FORM} input[name="new-password"]`;
const WITHOUT_FORM = "welby-password-reset .welby-light:not(:has(form)) h2";
const email = people.staff.loginId;

function reset(play: Play, world: () => Promise<World> = () => createWorld()): Story {
  return story({
    world,
    element: () =>
      html`<welby-password-reset
        sender-domain="mail.example.jp"
        sign-in-href="#sign-in"
      ></welby-password-reset>`,
    play,
  });
}

/** Asks for a link, and what is shown then. */
function request(typed: string, state: string, fault?: Fault): Story {
  return reset(async (canvas, { mock }) => {
    if (fault) mock.faults.always("requestPasswordReset", fault);
    await fill(canvas, EMAIL, typed);
    await submit(canvas, FORM);
    await shown(canvas, state);
  });
}

export const Request = reset(async (canvas) => void (await shown(canvas, EMAIL)));
export const RequestMissing = request("", "welby-password-reset .w-error");
export const RequestMalformed = request("suzuki@@minato", "welby-password-reset .w-error");
export const RequestSending = request(email, `${FORM} [aria-disabled="true"]`, {
  kind: "delay",
  ms: Infinity,
});
export const RequestFailed = request(email, "welby-password-reset .w-alert-error", { kind: "drop" });

export const Offline = reset(async (canvas) => {
  await shown(canvas, EMAIL);
  await whileOffline(() => shown(canvas, "welby-password-reset .w-alert"));
});

const SENT = "welby-password-reset time";
export const Sent = request(email, SENT);
export const SentCarrier = request("a..b@docomo.ne.jp", SENT);

export const Resent = reset(async (canvas) => {
  await fill(canvas, EMAIL, email);
  await submit(canvas, FORM);
  await shown(canvas, SENT);
  const clock = performance.now.bind(performance);
  // The wait is over a minute later; only this page's own clock is moved, and moved back.
  performance.now = () => clock() + 61_000;
  try {
    await click(canvas, "welby-password-reset .w-actions > button:first-of-type:not([aria-disabled])");
    await shown(canvas, "welby-password-reset .w-alert-success");
  } finally {
    performance.now = clock;
  }
});

/** Opens the page as the link of a reset mail does. */
function opened(token: (world: World) => Promise<string>): () => Promise<World> {
  return async () => {
    const world = await createWorld();
    history.replaceState(null, "", `${location.pathname}${location.search}#token=${await token(world)}`);
    return world;
  };
}

const fromMail = opened(async ({ mock, client }) => {
  await client.auth.requestPasswordReset({ audience: "staff", email });
  return mock.outbox.resetToken(email);
});

function confirm(newPassword: string, state: string, world = fromMail): Story {
  return reset(async (canvas) => {
    await shown(canvas, "welby-password-reset li");
    await fill(canvas, NEW_PASSWORD, newPassword);
    await submit(canvas, FORM);
    await shown(canvas, state);
  }, world);
}

export const Confirm = reset(
  async (canvas) => void (await shown(canvas, "welby-password-reset li")),
  fromMail,
);
export const ConfirmRefused = confirm("passwordpassword", "welby-password-reset .w-check-refused");
export const InvalidToken = confirm(
  "yuugata-no-umi-ni-7-kamome",
  WITHOUT_FORM,
  opened(async () => "used-already"),
);
export const Done = confirm("yuugata-no-umi-ni-7-kamome", WITHOUT_FORM);
