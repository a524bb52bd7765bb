/**
 * Password hashes as PHC strings. The sandbox uses argon2id; the mock a fast one that protects nothing.
 * @throws HasherOverloaded when too many are waiting
 */
export interface Hasher {
  hash(password: string): Promise<string>;
  /** Takes the same time whether it matches or not. */
  verify(hash: string, password: string): Promise<boolean>;
  /** The hash was made with weaker parameters than today's. */
  needsRehash(hash: string): boolean;
}

export class HasherOverloaded extends Error {
  readonly retryAfterSec: number;
  constructor(retryAfterSec: number) {
    super("Too many password checks are waiting");
    this.name = "HasherOverloaded";
    this.retryAfterSec = retryAfterSec;
  }
}
