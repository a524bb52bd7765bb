// What every page behind the sign-in does: show nothing before it knows who is there, and leave with the session.
import { client } from "./client.js";
import { lockScreen } from "./lock-screen.js";
import { say } from "./texts.js";

const main = /** @type {HTMLElement} */ (document.querySelector("main"));

/**
 * Resolves with the person, or leaves for the sign-in page.
 * @param {{ signIn: string, audience?: "staff" | "patient" }} options
 */
export async function signedIn({ signIn, audience = "staff" }) {
  /** @param {string} reason */
  const leave = (reason) => {
    main.replaceChildren();
    location.replace(`${signIn}${reason}`);
  };
  const lock = lockScreen({ main, audience });
  client.on("session", ({ state, reason }) => {
    if (state === "locked") lock.close();
    else if (state === "signed_in") lock.open();
    else if (state !== "loading")
      leave(reason === "expired" ? "#expired" : state === "signed_out" ? "#signed-out" : "");
  });
  // The browser's back button must not bring a page back to life after the sign-out.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  document.querySelector("#sign-out")?.addEventListener("click", () => void client.auth.signOut());
  const state = await client.session.ready();
  if (state !== "signed_in" && state !== "locked") {
    leave("");
    return new Promise(() => {});
  }
  const me = await whoIsThere();
  // Staff and patients share the origin and its session: whoever opens a page of the others goes home.
  const home = me.kind === "patient" ? "/my" : me.kind === "staff" ? "/patients" : undefined;
  if (home && me.kind !== audience) {
    location.replace(home);
    return new Promise(() => {});
  }
  const person = document.querySelector("#person");
  if (person) person.textContent = [me.name.text, me.institution?.name].filter(Boolean).join(" / ");
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-admin]")))
    node.hidden = me.role !== "admin";
  lock.ready();
  return me;
}

/** Asks until somebody is known: after the lock is open again, or when the person tries again. */
async function whoIsThere() {
  for (;;) {
    try {
      return await client.me.get();
    } catch (error) {
      // Told to the session's listener too: it shows the lock, or leaves.
      if (client.session.state === "locked") await unlocked();
      else if (client.session.state === "signed_in") await tryAgain(error);
      else return new Promise(() => {});
    }
  }
}

function unlocked() {
  return new Promise((resolve) => {
    const stop = client.on("session", ({ state }) => {
      if (state !== "signed_in") return;
      stop();
      resolve(undefined);
    });
  });
}

/** Nothing can be shown yet: says why instead of leaving an empty page. @param {unknown} error */
function tryAgain(error) {
  const box = Object.assign(document.createElement("main"), { className: "failed" });
  const text = Object.assign(document.createElement("p"), {
    className: "notice error",
    textContent: explain(error),
  });
  text.setAttribute("role", "alert");
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "primary",
    textContent: say("tryAgain"),
  });
  box.append(text, button);
  main.before(box);
  return new Promise((resolve) => {
    button.addEventListener("click", () => {
      box.remove();
      resolve(undefined);
    });
  });
}

/** What a person reads when a call fails. @param {unknown} error */
export function explain(error) {
  const { message, requestId } = /** @type {{ message?: string, requestId?: string }} */ (error);
  return [message, requestId && !message?.includes(requestId) ? say("requestId", { id: requestId }) : ""]
    .filter(Boolean)
    .join("\n");
}
