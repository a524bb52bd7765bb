import "./client.js";
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

// Also told of somebody who is signed in already: the element looks once the form is painted.
document.addEventListener("welby-signed-in", () => location.replace(home));
