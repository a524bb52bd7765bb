import { signedIn } from "./signed-in.js";
import { say } from "./texts.js";

const me = await signedIn({ signIn: "/my/sign-in", audience: "patient" });
/** @type {HTMLElement} */ (document.querySelector("#greeting")).textContent = say("greeting", {
  name: me.name.text,
});
