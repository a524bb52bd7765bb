// The language of the portal's own words, and of the kit's elements. What pages say is in their own scripts.

/** @type {"ja" | "en"} */
export const locale = localStorage.getItem("portal-language") === "en" ? "en" : "ja";

/**
 * Puts a page into the language that was chosen, and offers the other one. The HTML is in Japanese.
 * @template {string} Key
 * @param {{ ja: Readonly<Record<Key, string>>, en: Readonly<Record<Key, string>> }} words
 * @returns {(key: Key, values?: Record<string, string | number>) => string}
 */
export function speak(words) {
  /** @param {Key} key @param {Record<string, string | number>} [values] */
  const say = (key, values = {}) =>
    words[locale][key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  for (const provider of document.querySelectorAll("welby-provider")) Object.assign(provider, { locale });
  const switcher = /** @type {HTMLButtonElement} */ (document.querySelector("#language"));
  switcher.lang = locale === "en" ? "ja" : "en";
  switcher.addEventListener("click", () => {
    localStorage.setItem("portal-language", locale === "en" ? "ja" : "en");
    location.reload();
  });
  if (locale === "en") {
    document.documentElement.lang = "en";
    switcher.textContent = "日本語";
    for (const node of document.querySelectorAll(".brand"))
      node.textContent = "Minato Aozora General Hospital";
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-text]")))
      node.textContent = say(/** @type {Key} */ (node.dataset["text"]));
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-label]")))
      node.setAttribute("aria-label", say(/** @type {Key} */ (node.dataset["label"])));
  }
  return say;
}
