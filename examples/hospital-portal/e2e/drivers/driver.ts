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
  readonly goto: (url: string) => Promise<void>;
  readonly reload: () => Promise<void>;
  readonly url: () => Promise<string>;
  /** Runs `fn` in the page; arguments and result are JSON. */
  evaluate<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
  /** A click of the pointer at a place in the viewport, CSS pixels. */
  readonly clickAt: (x: number, y: number) => Promise<void>;
  /** Types one character after the other. */
  readonly type: (text: string) => Promise<void>;
  readonly press: (key: Key) => Promise<void>;
  /** Selects all text of the focused field. */
  readonly selectAll: () => Promise<void>;
  readonly screenshot: (file: string) => Promise<void>;
  readonly close: () => Promise<void>;
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
