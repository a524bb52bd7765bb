/** Remembers how to take back each change of a transaction. */
export class Journal {
  #undo: (() => void)[] = [];

  add(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** Takes everything back, newest first. */
  rollBack(): void {
    for (const undo of this.#undo.reverse()) undo();
    this.#undo = [];
  }

  commit(): void {
    this.#undo = [];
  }
}
