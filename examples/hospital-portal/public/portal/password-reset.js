import { speak } from "./language.js";

// Whose password: staff and patients have accounts of their own, and each their own sign-in page.
const element = /** @type {HTMLElement} */ (document.querySelector("welby-password-reset"));
const isPatient = new URLSearchParams(location.search).get("audience") === "patient";
element.setAttribute("audience", isPatient ? "patient" : "staff");
element.setAttribute("sign-in-href", isPatient ? "/my/sign-in" : "/");

speak({ ja: {}, en: {} });
