import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  applied,
  changesOf,
  difference,
  remaining,
  share,
  toggled,
  wished,
} from "../../src/elements/group-picker/membership.ts";

const ground = (sets: Record<string, string[]>) =>
  new Map(Object.entries(sets).map(([id, groups]) => [id, new Set(groups)]));
const two = ground({ a: ["g1", "g2"], b: ["g2"] });
const none = new Map<string, boolean>();

describe("the share of the chosen patients", () => {
  it("is all, some or none", () => {
    assert.deepEqual(
      ["g1", "g2", "g3"].map((id) => share(two, none, id)),
      ["some", "all", "none"],
    );
  });

  it("is none, not all, when nobody is chosen", () => {
    assert.equal(share(new Map(), none, "g1"), "none");
  });

  it("goes all → none → all for a group that all have", () => {
    const off = toggled(two, none, "g2");
    assert.equal(share(two, off, "g2"), "none");
    assert.deepEqual(toggled(two, off, "g2"), new Map());
  });

  it("goes some → all → none → some for a group that some have", () => {
    const all = toggled(two, none, "g1");
    const off = toggled(two, all, "g1");
    const back = toggled(two, off, "g1");
    assert.deepEqual(
      [all, off, back].map((wishes) => share(two, wishes, "g1")),
      ["all", "none", "some"],
    );
    assert.deepEqual(back, new Map());
  });
});

describe("the changes to ask for", () => {
  it("name only the patients that a change concerns", () => {
    const wishes = new Map([
      ["g1", true],
      ["g2", false],
      ["g3", true],
    ]);
    assert.deepEqual(changesOf(two, wishes), [
      { groupId: "g1", add: ["b"], remove: [] },
      { groupId: "g2", add: [], remove: ["a", "b"] },
      { groupId: "g3", add: ["a", "b"], remove: [] },
    ]);
  });

  it("are none for a wish that is fulfilled", () => {
    assert.deepEqual(changesOf(two, wished(two, none, "g2", true)), []);
  });
});

describe("a conflict", () => {
  it("keeps the person's own changes over the new state and leaves the others' alone", () => {
    const mine = new Map([
      ["g3", true],
      ["g2", false],
    ]);
    const theirs = ground({ a: ["g2", "g9"] });
    const merged = remaining(theirs, mine, () => true);
    assert.deepEqual([...(applied(theirs, changesOf(theirs, merged)).get("a") ?? [])].sort(), ["g3", "g9"]);
  });

  it("drops what others did already and groups that are gone", () => {
    const mine = new Map([
      ["g3", true],
      ["gone", true],
    ]);
    assert.deepEqual(
      remaining(ground({ a: ["g3"] }), mine, (id) => id !== "gone"),
      new Map(),
    );
  });

  it("says what came and what went", () => {
    assert.deepEqual(difference(new Set(["g1", "g2"]), new Set(["g2", "g3"])), {
      added: ["g3"],
      removed: ["g1"],
    });
  });
});

const ids = fc.constantFrom("g1", "g2", "g3", "g4");
const grounds = fc
  .dictionary(fc.constantFrom("a", "b", "c"), fc.uniqueArray(ids), { minKeys: 1 })
  .map((sets) => ground(sets));
const presses = fc.array(ids, { maxLength: 12 });

describe("whatever a person presses", () => {
  it("the changes lead exactly to what was shown, and a second look finds nothing left to do", () => {
    fc.assert(
      fc.property(grounds, presses, (before, pressed) => {
        const wishes = pressed.reduce<Map<string, boolean>>((all, id) => toggled(before, all, id), new Map());
        const after = applied(before, changesOf(before, wishes));
        for (const id of ["g1", "g2", "g3", "g4"])
          assert.equal(share(after, new Map(), id), share(before, wishes, id));
        assert.deepEqual(
          remaining(after, wishes, () => true),
          new Map(),
        );
      }),
    );
  });

  it("groups that nobody pressed stay as others left them", () => {
    fc.assert(
      fc.property(grounds, grounds, presses, (before, meanwhile, pressed) => {
        const wishes = pressed.reduce<Map<string, boolean>>((all, id) => toggled(before, all, id), new Map());
        const after = applied(
          meanwhile,
          changesOf(
            meanwhile,
            remaining(meanwhile, wishes, () => true),
          ),
        );
        for (const [patient, groups] of meanwhile)
          for (const id of ["g1", "g2", "g3", "g4"])
            if (!wishes.has(id)) assert.equal(after.get(patient)?.has(id), groups.has(id));
      }),
    );
  });
});
