import { client } from "./client.js";
import { say } from "./texts.js";

const home = document.body.dataset["home"] ?? "/patients";
const message = /** @type {HTMLElement} */ (document.querySelector("#message"));

// Why somebody was sent here, said once; only known words are taken from the address.
const reason = location.hash.slice(1);
if (reason === "signed-out" || reason === "expired") {
  message.textContent = say(reason === "expired" ? "expired" : "signedOut");
  message.hidden = false;
  history.replaceState(null, "", location.pathname);
}

document.addEventListener("welby-signed-in", () => location.replace(home));

// Whoever is signed in already goes on at once; the form is usable meanwhile.
if ((await client.session.ready()) === "signed_in") location.replace(home);
