import { html, type Html } from "./html.ts";

/** http and https only, up to what cannot be part of an address or closes the sentence around it. */
const ADDRESS = /https?:\/\/[^\s<>"'`、。「」『』()()【】]+/g;

/** Text whose web addresses are links. They tell nobody where they were clicked: a reset link is a secret. */
export function linked(text: string): Html {
  const parts: Html[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(/[.,;:!?]+$/, "");
    if (!URL.canParse(address)) continue;
    parts.push(html`${text.slice(end, index)}<a href="${address}" rel="noreferrer">${address}</a>`);
    end = index + address.length;
  }
  return html`${[...parts, html`${text.slice(end)}`]}`;
}
