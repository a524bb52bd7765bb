// Nobody was here for a while: the page is covered, what was typed stays, and the password opens it again.
import { client } from "./client.js";
import { locale } from "./language.js";

/** @param {{ main: HTMLElement, audience: "staff" | "patient" }} page */
export function lockScreen({ main, audience }) {
  /** @type {HTMLElement | undefined} */
  let cover;
  let isReady = false;
  const menu = document.querySelector("nav");
  const person = document.querySelector("#person");
  /** Hidden, not only covered: no name on the screen, and nothing that can be reached by the keyboard. @param {boolean} hidden */
  const hide = (hidden) => {
    main.hidden = hidden;
    menu?.toggleAttribute("hidden", hidden);
    person?.toggleAttribute("hidden", hidden);
  };
  return {
    close() {
      if (cover) return;
      hide(true);
      cover = Object.assign(document.createElement("main"), { className: "lock" });
      const provider = Object.assign(document.createElement("welby-provider"), { client, locale });
      const login = document.createElement("welby-login");
      login.setAttribute("audience", audience);
      provider.append(login);
      cover.append(provider);
      main.before(cover);
    },
    open() {
      cover?.remove();
      cover = undefined;
      if (isReady) hide(false);
    },
    /** The page has something to show. */
    ready() {
      isReady = true;
      if (!cover) hide(false);
    },
  };
}
