// One client for the page, handed to the kit's provider.
import { createClient } from "/welby/welby.js";
import { locale, translatePage } from "./texts.js";

/** @param {string} name */
const setting = (name) =>
  /** @type {HTMLMetaElement} */ (document.querySelector(`meta[name="${name}"]`)).content;

export const client = await createClient({
  baseUrl: setting("welby-api"),
  clientId: setting("welby-client"),
  locale,
});

for (const provider of document.querySelectorAll("welby-provider"))
  Object.assign(provider, { client, locale });
translatePage();
