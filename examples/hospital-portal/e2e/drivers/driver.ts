/** A real browser, driven by real input events. What the journey does is the same in every engine. */
export interface Driver {
  readonly engine: "chromium" | "firefox" | "webkit";
  /** A further tab of the same browser, sharing its storage. */
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

/** Names as in KeyboardEvent.key. */
export type Key = "Tab" | "Enter" | "Escape" | "ArrowDown" | "ArrowUp" | "Space" | "Backspace";

export interface Page {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  url(): Promise<string>;
  /** Runs `fn` in the page; arguments and result are JSON. */
  evaluate<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
  /** A click of the pointer at a place in the viewport, CSS pixels. */
  clickAt(x: number, y: number): Promise<void>;
  /** Types one character after the other. */
  type(text: string): Promise<void>;
  press(key: Key): Promise<void>;
  /** Selects all text of the focused field. */
  selectAll(): Promise<void>;
  screenshot(file: string): Promise<void>;
  close(): Promise<void>;
}

/** A command that this engine's driver refuses; the only reason for which a step may be left out. */
export class DriverCommandFailed extends Error {
  readonly command: string;
  constructor(command: string, cause: unknown) {
    super(
      `driver command failed: ${command}: ${cause instanceof Error ? cause.message.split("\n")[0] : String(cause)}`,
    );
    this.name = "DriverCommandFailed";
    this.command = command;
  }
}
