import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createBreaker } from "../../src/pipeline/breaker.ts";
import { createRetryBudget, retryDelay } from "../../src/pipeline/retry.ts";
import { fakeTime } from "../support/fake-time.ts";

describe("the breaker", () => {
  const opened = () => {
    const time = fakeTime();
    const breaker = createBreaker(time);
    for (let failure = 0; failure < 5; failure += 1) {
      assert.equal(breaker.refusal(), undefined);
      breaker.failed();
    }
    return { time, breaker };
  };

  test("refuses after five failures in a row, for a second", async () => {
    const { time, breaker } = opened();
    assert.equal(breaker.refusal(), 1000);
    await time.advance(1000);
    assert.equal(breaker.refusal(), undefined);
  });

  test("lets one trial out, not all who wait", async () => {
    const { time, breaker } = opened();
    await time.advance(1000);
    assert.equal(breaker.refusal(), undefined);
    assert.notEqual(breaker.refusal(), undefined);
    breaker.succeeded();
    assert.equal(breaker.refusal(), undefined);
  });

  test("waits twice as long after each failed trial, 30 seconds at most", async () => {
    const { time, breaker } = opened();
    const waits: number[] = [];
    for (let trial = 0; trial < 7; trial += 1) {
      const wait = breaker.refusal() ?? 0;
      waits.push(wait);
      await time.advance(wait);
      assert.equal(breaker.refusal(), undefined);
      breaker.failed();
    }
    assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  test("goes on after a trial that was cancelled", async () => {
    const { time, breaker } = opened();
    await time.advance(1000);
    breaker.refusal();
    breaker.abandoned();
    assert.equal(breaker.refusal(), undefined);
  });

  test("forgets failures between which something succeeded", () => {
    const breaker = createBreaker(fakeTime());
    for (let call = 0; call < 20; call += 1) {
      assert.equal(breaker.refusal(), undefined);
      if (call % 3 === 0) breaker.succeeded();
      else breaker.failed();
    }
  });
});

describe("the pause before a repeat", () => {
  const random = (value: number) => ({ random: () => value });

  test("grows from half a second to eight, with full jitter", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6].map((retry) => retryDelay(retry, {}, random(1))),
      [500, 1000, 2000, 4000, 8000, 8000, 8000],
    );
    assert.equal(retryDelay(3, {}, random(0)), 0);
    assert.equal(retryDelay(3, {}, random(0.5)), 2000);
  });

  test("A-105 is what the server asks for, a minute at most", () => {
    assert.equal(retryDelay(0, { retryAfterMs: 3000 }, random(0)), 3000);
    assert.equal(retryDelay(0, { retryAfterMs: 120_000 }, random(0)), 60_000);
    assert.equal(retryDelay(0, { retryAfterMs: 0 }, random(1)), 0);
  });
});

describe("the retry budget", () => {
  test("gives ten at once and then one for five calls", () => {
    const time = fakeTime();
    const budget = createRetryBudget(time);
    const granted = () => {
      let count = 0;
      while (budget.spend()) count += 1;
      return count;
    };
    assert.equal(granted(), 10);
    for (let call = 0; call < 25; call += 1) budget.earn();
    assert.equal(granted(), 5);
  });

  test("fills again with time, up to ten", async () => {
    const time = fakeTime();
    const budget = createRetryBudget(time);
    while (budget.spend());
    await time.advance(1000);
    let count = 0;
    while (budget.spend()) count += 1;
    assert.equal(count, 5);
    await time.advance(3_600_000);
    count = 0;
    while (budget.spend()) count += 1;
    assert.equal(count, 10);
  });
});
