// What every page behind the sign-in does: show nothing before it knows who is there, and leave with the session.
import { client } from "./client.js";
import { say } from "./texts.js";

const main = /** @type {HTMLElement} */ (document.querySelector("main"));

/**
 * Resolves with the person, or leaves for the sign-in page.
 * @param {{ signIn: string }} options
 */
export async function signedIn({ signIn }) {
  /** @param {string} reason */
  const leave = (reason) => {
    main.replaceChildren();
    location.replace(`${signIn}${reason}`);
  };
  client.on("session", ({ state, reason }) => {
    if (state !== "signed_in" && state !== "loading")
      leave(reason === "expired" ? "#expired" : state === "signed_out" ? "#signed-out" : "");
  });
  // The browser's back button must not bring a page back to life after the sign-out.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  const state = await client.session.ready();
  if (state !== "signed_in") {
    leave("");
    return new Promise(() => {});
  }
  document.querySelector("#sign-out")?.addEventListener("click", () => void client.auth.signOut());
  const me = await client.me.get();
  const person = document.querySelector("#person");
  if (person) person.textContent = [me.name.text, me.institution?.name].filter(Boolean).join(" / ");
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-admin]")))
    node.hidden = me.role !== "admin";
  main.hidden = false;
  return me;
}

/** What a person reads when a call fails. @param {unknown} error */
export function explain(error) {
  const { message, requestId } = /** @type {{ message?: string, requestId?: string }} */ (error);
  return [message, requestId && !message?.includes(requestId) ? say("requestId", { id: requestId }) : ""]
    .filter(Boolean)
    .join("\n");
}
