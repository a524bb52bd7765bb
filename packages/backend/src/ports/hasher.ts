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
  /** Checks that may be under way or wait; more would be refused. No limit unless told. */
  readonly capacity?: number;
}

export class HasherOverloaded extends Error {
  readonly retryAfterSec: number;
  constructor(retryAfterSec: number) {
    super("Too many password checks are waiting");
    this.name = "HasherOverloaded";
    this.retryAfterSec = retryAfterSec;
  }
}
