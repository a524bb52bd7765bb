/** Randomness from a CSPRNG, so that tests can count and repeat it. */
export interface Random {
  uuid(): string;
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

export const webRandom: Random = {
  uuid: () => crypto.randomUUID(),
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};
