/** The middle of a list. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

export function quantile(samples: readonly number[], share: number): number {
  const rising = [...samples].sort((a, b) => a - b);
  return rising[Math.min(rising.length - 1, Math.floor(rising.length * share))] ?? Number.NaN;
}

/**
 * How well the best guesser who sees one time only tells two kinds apart (area under the ROC curve, by ranks): 0.5 is no better than a coin.
 * @example auc([1, 2, 3], [1, 2, 3]) // 0.5
 */
export function auc(some: readonly number[], others: readonly number[]): number {
  const rising = [...others].sort((a, b) => a - b);
  const below = some.map((one) => {
    const [from, to] = [position(rising, one, false), position(rising, one, true)];
    return from + (to - from) / 2;
  });
  return below.reduce((sum, one) => sum + one, 0) / (some.length * others.length);
}

/** How many are smaller, or not larger. */
function position(rising: readonly number[], value: number, included: boolean): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = rising[middle] ?? Infinity;
    if (included ? one <= value : one < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The times of `count` calls, one after another, in ms. */
export async function timesOf(count: number, call: (index: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const started = performance.now();
    await call(index);
    times.push(performance.now() - started);
  }
  return times;
}
