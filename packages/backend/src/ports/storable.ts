/** Thrown when a value cannot be kept exactly as it is; stores refuse it rather than change it. */
export class UnstorableValue extends TypeError {
  constructor(reason: string) {
    super(`The value cannot be stored: ${reason}`);
    this.name = "UnstorableValue";
  }
}

/**
 * Refuses what no store may keep: missing values, invalid dates, and text that PostgreSQL would refuse (NUL)
 * or its driver would silently change (half of a surrogate pair). Both stores call it for each value they write.
 * @throws UnstorableValue
 */
export function assertStorable(value: unknown): void {
  if (value === undefined) throw new UnstorableValue("a column is missing");
  if (typeof value === "string") {
    if (value.includes("\u0000")) throw new UnstorableValue("text holds NUL");
    if (!wellFormed(value)) throw new UnstorableValue("text holds half of a surrogate pair");
  } else if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new UnstorableValue("invalid date");
  } else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      assertStorable(key);
      if (part !== undefined) assertStorable(part);
    }
  }
}

// String.prototype.isWellFormed is younger than the library level (es2023) that the packages compile against.
function wellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
