import { until } from "../until.ts";

/** Long enough for a computer that builds and tests at the same time. */
const PATIENCE_MS = 15_000;

/** Waits until something is there, in the page or in the element's own root. */
export function shown<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): Promise<E> {
  return until(() => root.querySelector<E>(selector), PATIENCE_MS);
}

export async function text(root: ParentNode & Node, part: string): Promise<void> {
  await until(() => root.textContent?.includes(part), PATIENCE_MS);
}

/** The element's own root, once it has rendered. */
export async function inside(canvas: ParentNode, tag: string): Promise<ShadowRoot> {
  const element = await shown(canvas, tag);
  return until(() => (element.shadowRoot?.childElementCount ? element.shadowRoot : null), PATIENCE_MS);
}

/** Puts a value in as autofill does: at once, with `input` and `change`. */
export async function fill(root: ParentNode, selector: string, value: string): Promise<void> {
  const input = await shown<HTMLInputElement>(root, selector);
  input.value = value;
  input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

export async function click(root: ParentNode, selector: string): Promise<void> {
  (await shown(root, selector)).click();
}

export async function submit(root: ParentNode, selector: string): Promise<void> {
  (await shown<HTMLFormElement>(root, selector)).requestSubmit();
}

/** The browser says that it is offline until the element has shown it; other stories of the page stay online. */
export async function whileOffline(work: () => Promise<unknown>): Promise<void> {
  Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
  try {
    dispatchEvent(new Event("offline"));
    await work();
  } finally {
    Reflect.deleteProperty(navigator, "onLine");
  }
}
