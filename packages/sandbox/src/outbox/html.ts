import { createHash } from "node:crypto";

/** Markup whose inserted parts are text; made by the `html` tag alone. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = string | number | Html | readonly Html[];

/** Puts a page together. Whatever is inserted is escaped, unless it comes from this tag itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...parts.map(markupOf)));
}

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (typeof part === "object") return part.map((one) => one.markup).join("");
  return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.7 system-ui, "Hiragino Sans", "Yu Gothic UI", Meiryo, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; justify-content: space-between; }
h1 { font-size: 1.4rem; margin: 0; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: start; opacity: .75; padding: .25rem 0; }
th, td { text-align: start; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #8886; overflow-wrap: anywhere; }
td time { white-space: nowrap; font-variant-numeric: tabular-nums; }
:is(th, td):nth-child(2) { white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }
dt { opacity: .75; } dd { margin: 0; overflow-wrap: anywhere; }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8886; border-radius: .5rem; padding: 1rem; margin: 0; }
a { color: inherit; text-underline-offset: .2em; }
:is(header, p) > a { display: inline-block; padding-block: .25rem; }
:focus-visible { outline: 3px solid; outline-offset: 2px; }
@media (max-width: 40rem) {
  thead { display: block; position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; }
  caption { display: block; }
  td { border: 0; padding: 0; }
  tr { padding: .75rem 0; border-bottom: 1px solid #8886; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; }
}
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** Nothing runs, nothing is loaded, nobody frames it; the one style is named by its hash. */
const HEADERS = {
  "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-store",
  vary: "Accept, Accept-Language",
};

// In one piece: a formatter's line break inside it would not match the hash any more.
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

export function htmlResponse(status: number, language: string, title: string, content: Html): Response {
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        ${content}
      </body>
    </html>`;
  return new Response(page.markup, {
    status,
    headers: { ...HEADERS, "content-type": "text/html; charset=utf-8" },
  });
}

export function jsonResponse(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...HEADERS, "content-type": "application/json" },
  });
}
