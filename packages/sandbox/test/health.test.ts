import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { MINUTE, onBothEngines, SECOND, type Target } from "./support/engines.ts";

interface Health {
  readonly status: string;
  readonly checks: { readonly database: string; readonly clockSkewMs: number; readonly outboxDepth: number };
}

onBothEngines("the health of the service", (target) => {
  const health = async (at: Target) => (await (await at.raw("/health")).json()) as Health;

  test("12b a clock that goes with the database's is well", async () => {
    const { status, checks } = await health(target());
    assert.deepEqual([status, checks.database], ["ok", "ok"]);
    assert.ok(Math.abs(checks.clockSkewMs) < SECOND, `${checks.clockSkewMs} ms`);
  });

  test("counts what waits to be sent", async () => {
    const now = target().now();
    const later = new Date(now.getTime() + MINUTE);
    const waiting = {
      status: "queued",
      attempts: 0,
      createdAt: now,
      nextAttemptAt: later,
      sentAt: null,
    } as const;
    const mail = {
      institutionId: null,
      channel: "email",
      recipient: "a@example.jp",
      template: "t",
      subject: "s",
      body: "b",
    } as const;
    await target().store.transaction((tx) =>
      tx.outbox.insert({ id: crypto.randomUUID(), ...mail, ...waiting }),
    );
    assert.equal((await health(target())).checks.outboxDepth, 1);
  });

  test("12b five seconds apart are degraded, and stand in the audit log", async () => {
    target().forward(5 * SECOND);
    const { status, checks } = await health(target());
    assert.equal(status, "degraded");
    assert.ok(Math.abs(checks.clockSkewMs - 5 * SECOND) < SECOND, `${checks.clockSkewMs} ms`);
    // An instance looks at its clock when it starts, and each minute.
    await target().restart();
    const reports = () => target().store.transaction((tx) => tx.audit.list({ action: "clock.skewed" }));
    for (let patience = 100; patience > 0 && (await reports()).length === 0; patience--) await sleep(20);
    const [report, ...more] = await reports();
    assert.deepEqual([report?.result, more.length], ["failed", 0]);
  });
});
