import { speak } from "./language.js";

const say = speak({
  ja: {
    forPatients: "患者さんのログインはこちら",
    forStaff: "医療従事者のログインはこちら",
    signedOut: "ログアウトしました。",
    expired: "ログインの有効期限が切れました。もう一度ログインしてください。",
  },
  en: {
    forPatients: "Sign-in for patients",
    forStaff: "Sign-in for hospital staff",
    signedOut: "You have signed out.",
    expired: "Your sign-in has expired. Please sign in again.",
  },
});

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
