/** Options that cannot work; the message says what to write instead. */
export class UnusableOptions extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnusableOptions";
  }
}
