import assert from "node:assert/strict";
import { test } from "node:test";
import { parseBirthDate } from "@welby/text";
import { generatePatients, institutions, plausiblePatients } from "@welby/backend/seed";
import { createMemoryStore } from "@welby/backend/stores/memory";

const institution = institutions.minato;

test("the same seed number makes the same patients, another makes others", () => {
  const make = (seed: number) => [...plausiblePatients(institution, { seed, count: 50 })];
  assert.deepEqual(make(1), make(1));
  assert.notDeepEqual(
    make(1).map((row) => row.patient.nameText),
    make(2).map((row) => row.patient.nameText),
  );
});

test("100,000 patients have their own ids and numbers, real dates and readings", () => {
  const ids = new Set<string>();
  const numbers = new Set<string | null>();
  for (const { patient, link } of plausiblePatients(institution, { seed: 5, count: 100_000 })) {
    ids.add(patient.id).add(link.id);
    numbers.add(link.patientNumberKey);
    assert.ok(patient.birthDate && parseBirthDate(patient.birthDate).ok, patient.birthDate ?? "");
    assert.ok(link.kanaSort !== null && link.kanaRow !== "他", patient.nameKana ?? "");
  }
  assert.equal(ids.size, 200_000);
  assert.equal(numbers.size, 100_000);
});

test("writing reports progress, and a second run adds more", async () => {
  const store = createMemoryStore();
  const progress: number[] = [];
  const run = (count: number) =>
    generatePatients(store, {
      institution,
      count,
      batchSize: 40,
      onProgress: (written) => progress.push(written),
    });
  await run(100);
  await run(50);
  assert.deepEqual(progress, [40, 80, 100, 40, 50]);
  assert.equal(
    await store.transaction((tx) =>
      tx.patientLinks.count({ institutionId: institution.id, status: "linked" }),
    ),
    150,
  );
});

for (const place of [institutions.sakura, institutions.kakuu]) {
  test(`numbers fit the rule of ${place.name}`, () => {
    for (const { link } of plausiblePatients(place, { seed: 1, count: 200 }))
      assert.ok(link.patientNumberKey, link.patientNumber ?? "");
  });
}
