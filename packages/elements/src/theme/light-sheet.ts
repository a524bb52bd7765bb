import type { CSSResult } from "lit";

/** The class of the light-DOM container that the sheets apply to. */
export const LIGHT_CLASS = "welby-light";

/**
 * Makes a style sheet for fields in the page's light DOM out of styles written for a shadow root.
 *
 * Important rules inside a layer win over everything a host page writes, ids and `!important` included; a tag prefix
 * or `@scope` would lose. `all: revert` first takes away what the page's own rules set and ours do not name.
 */
export function lightSheet(...styles: readonly CSSResult[]): CSSStyleSheet {
  const rules = styles
    .map(({ cssText }) => cssText)
    .join("")
    .replaceAll(";", " !important;");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@layer welby {
    .${LIGHT_CLASS}, :where(.${LIGHT_CLASS} *) { all: revert !important; box-sizing: border-box !important; }
    .${LIGHT_CLASS} { ${rules} }
  }`);
  return sheet;
}

/** Adopts the sheet for the document or shadow root that holds the element, once. */
export function adoptSheet(root: Node, sheet: CSSStyleSheet): void {
  // An element that is not in a document yet has another element as its root.
  if (!(root instanceof Document || root instanceof ShadowRoot)) return;
  const holder: DocumentOrShadowRoot = root;
  if (!holder.adoptedStyleSheets.includes(sheet))
    holder.adoptedStyleSheets = [...holder.adoptedStyleSheets, sheet];
}
