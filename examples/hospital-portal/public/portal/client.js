// One client for the page: its own calls and the kit's elements share it.
import { createClient } from "/welby/welby.js";
import { locale } from "./language.js";

const provider = /** @type {HTMLElement & { client?: unknown }} */ (document.querySelector("welby-provider"));

export const client = await createClient({
  baseUrl: provider.getAttribute("base-url") ?? "",
  clientId: provider.getAttribute("client-id") ?? "",
  locale,
});
provider.client = client;
