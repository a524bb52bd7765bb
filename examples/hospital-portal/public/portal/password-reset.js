import "./client.js";

const element = /** @type {HTMLElement} */ (document.querySelector("welby-password-reset"));
const audience = new URLSearchParams(location.search).get("audience") === "patient" ? "patient" : "staff";
element.setAttribute("audience", audience);
element.setAttribute("sign-in-href", audience === "patient" ? "/my/sign-in" : "/");
