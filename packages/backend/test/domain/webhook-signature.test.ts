import assert from "node:assert/strict";
import { test } from "node:test";
import { isWebhookSecret, webhookSignature } from "../../src/domain/webhook-signature.ts";

test("a signature is the one that Standard Webhooks gives as its example", async () => {
  const signature = await webhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: "1614265330",
    body: '{"test": 2432232314}',
  });
  assert.equal(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});

test("every part is signed", async () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const parts = { id: "a", timestamp: "1", body: "{}" };
  const changes = [{}, { id: "b" }, { timestamp: "2" }, { body: "{ }" }];
  const signatures = await Promise.all(
    changes.map((change) => webhookSignature(secret, { ...parts, ...change })),
  );
  assert.equal(new Set(signatures).size, changes.length);
});

for (const secret of ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_***"]) {
  test(`${JSON.stringify(secret)} signs nothing`, async () => {
    assert.equal(isWebhookSecret(secret), false);
    await assert.rejects(webhookSignature(secret, { id: "a", timestamp: "1", body: "{}" }), TypeError);
  });
}
