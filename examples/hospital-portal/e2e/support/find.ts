/** Something on the page as a person knows it: what it is, what it is called, and what it stands in. */
export interface Target {
  /** ARIA role; several may be given where engines and designs differ, e.g. `textbox|combobox`. */
  readonly role: string;
  /** Part of the accessible name; all white space counts as one space. */
  readonly name?: string;
  readonly within?: Target;
  /** Whether the name must be the whole. */
  readonly exact?: boolean;
}

export interface Found {
  /** Centre in the viewport, CSS pixels. */
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly value: string;
  readonly checked: boolean;
  readonly focused: boolean;
  /** The pointer would hit it: nothing lies over it. */
  readonly hit: boolean;
}

/** Runs in the page, so it stands on its own: looks through all open shadow roots. */
export function findInPage(target: Target): Found | null {
  const squash = (text: string | null | undefined) => (text ?? "").replace(/\s+/g, " ").trim();

  function* all(root: Node): Generator<Element> {
    for (const child of Array.from(root.childNodes)) {
      if (!(child instanceof Element)) continue;
      yield child;
      if (child.shadowRoot) yield* all(child.shadowRoot);
      yield* all(child);
    }
  }
  const shown = (element: Element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true });
  };
  const roleOf = (element: Element): string => {
    const explicit = element.getAttribute("role");
    if (explicit) return explicit;
    const tag = element.localName;
    if (tag === "a") return element.hasAttribute("href") ? "link" : "";
    if (tag === "input") {
      const type = (element as HTMLInputElement).type;
      if (type === "checkbox" || type === "radio") return type;
      if (type === "submit" || type === "button") return "button";
      return "textbox";
    }
    const roles: Record<string, string> = {
      button: "button",
      textarea: "textbox",
      select: "combobox",
      dialog: "dialog",
      tr: "row",
      table: "table",
      main: "main",
      section: "region",
    };
    return roles[tag] ?? (/^h[1-6]$/.test(tag) ? "heading" : "");
  };
  const textOf = (node: Node): string => {
    if (node instanceof Text) return node.data;
    if (node instanceof HTMLSlotElement) {
      const assigned = node.assignedNodes();
      return (assigned.length ? assigned : Array.from(node.childNodes)).map(textOf).join(" ");
    }
    if (node instanceof Element && (node.localName === "style" || node.localName === "script")) return "";
    const root = node instanceof Element && node.shadowRoot ? node.shadowRoot : node;
    return Array.from(root.childNodes).map(textOf).join(" ");
  };
  const nameOf = (element: Element): string => {
    const root = element.getRootNode() as Document | ShadowRoot;
    const by = element.getAttribute("aria-labelledby");
    if (by)
      return squash(
        by
          .split(/\s+/)
          .map((id) => {
            const node = root.getElementById(id);
            return node ? textOf(node) : "";
          })
          .join(" "),
      );
    const own = element.getAttribute("aria-label");
    if (own) return squash(own);
    const labels = (element as HTMLInputElement).labels;
    if (labels?.length) return squash(Array.from(labels).map(textOf).join(" "));
    return squash(textOf(element));
  };
  const contains = (outer: Element, inner: Element): boolean => {
    for (
      let node: Node | null = inner;
      node;
      node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null)
    ) {
      if (node === outer) return true;
    }
    return false;
  };
  const deepActive = () => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active;
  };
  const deepHit = (x: number, y: number) => {
    let hit = document.elementFromPoint(x, y);
    while (hit?.shadowRoot) {
      const inner = hit.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === hit) break;
      hit = inner;
    }
    return hit;
  };

  const search = (wanted: Target): Element | undefined => {
    const outer = wanted.within ? search(wanted.within) : undefined;
    if (wanted.within && !outer) return undefined;
    const roles = wanted.role.split("|");
    const name = squash(wanted.name);
    for (const element of all(document)) {
      if (!roles.includes(roleOf(element)) || !shown(element)) continue;
      if (outer && !contains(outer, element)) continue;
      const actual = nameOf(element);
      if (wanted.exact ? actual === name : actual.includes(name)) return element;
    }
    return undefined;
  };

  const element = search(target);
  if (!element) return null;
  element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  // The first line of a link that runs over two lines: between the lines there is nothing to hit.
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  const hit = deepHit(x, y);
  const label = (element as HTMLInputElement).labels?.[0];
  return {
    x,
    y,
    text: squash(textOf(element)),
    value: (element as HTMLInputElement).value ?? "",
    checked: (element as HTMLInputElement).checked || element.getAttribute("aria-checked") === "true",
    focused: deepActive() === element,
    hit: Boolean(hit && (contains(element, hit) || (label && contains(label, hit)))),
  };
}

/** Runs in the page: whether a text can be read anywhere on it, shadow roots included. */
export function readsInPage(wanted: string): boolean {
  const squash = (text: string) => text.replace(/\s+/g, "");
  const visibleText = (node: Node): string => {
    if (node instanceof Text) return node.data;
    if (node instanceof Element) {
      if (
        node.localName === "style" ||
        node.localName === "script" ||
        !(node.checkVisibility?.({ visibilityProperty: true }) ?? true)
      ) {
        // display: contents has no box of its own, but its children are there.
        if (getComputedStyle(node).display !== "contents") return "";
      }
      if (node instanceof HTMLSlotElement) {
        const assigned = node.assignedNodes();
        if (assigned.length) return assigned.map(visibleText).join("");
      }
      if (node.shadowRoot) return Array.from(node.shadowRoot.childNodes).map(visibleText).join("");
    }
    return Array.from(node.childNodes).map(visibleText).join("");
  };
  return squash(visibleText(document.body)).includes(squash(wanted));
}
