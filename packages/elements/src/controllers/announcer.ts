import type { ReactiveController } from "lit";
import type { LitElement } from "lit";

/** Screen readers miss a text that comes in the same turn as its region, and say a repeated one only after a pause. */
const DELAY_MS = 100;

/**
 * Says things politely to a screen reader. One region per element, at the end of its root: outside whatever scrolls,
 * and inside whatever dialog the host page has put the element into.
 */
export class AnnouncerController implements ReactiveController {
  readonly #host: LitElement;
  #region: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#region ??= this.#make();
    // A dialog that was closed has taken it along.
    if (!this.#region.isConnected) this.#host.renderRoot.append(this.#region);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    if (this.#region) this.#region.textContent = "";
  }

  /** Says `text`; a later text replaces one that was not said yet. */
  announce(text: string, delayMs = DELAY_MS): void {
    clearTimeout(this.#timer);
    if (this.#region) this.#region.textContent = "";
    this.#timer = setTimeout(() => this.#say(text), delayMs);
  }

  #say(text: string): void {
    const region = this.#region;
    if (!region) return;
    // While a dialog of this element is open, all that is outside of it is inert, and silent.
    const place = this.#host.renderRoot.querySelector("dialog[open]") ?? this.#host.renderRoot;
    if (region.parentNode !== place) {
      place.append(region);
      this.#timer = setTimeout(() => this.#say(text), DELAY_MS);
      return;
    }
    region.lang = (this.#host as { currentLocale?: string }).currentLocale ?? "ja";
    region.textContent = text;
  }

  #make(): HTMLElement {
    const region = this.#host.ownerDocument.createElement("div");
    region.setAttribute("role", "status");
    region.className = "w-visually-hidden";
    return region;
  }
}
