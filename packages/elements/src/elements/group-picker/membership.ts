/**
 * Which of the chosen patients have which group, and what the person wants changed.
 *
 * The wishes are kept apart from what the server said. A conflict or a reload therefore replaces only the ground
 * they stand on: the person's own changes apply again to the new state, and nobody else's change is undone.
 */

/** How many of the chosen patients have a group. */
export type Share = "all" | "some" | "none";

/** Patient id → ids of that patient's groups, as the server said last. */
export type Ground = ReadonlyMap<string, ReadonlySet<string>>;

/** Group id → whether all chosen patients shall have it. */
export type Wishes = ReadonlyMap<string, boolean>;

/** What has to be asked of the server for one group. */
export interface GroupChange {
  readonly groupId: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** How many patients of the ground have the group. */
export function holders(ground: Ground, groupId: string): number {
  let count = 0;
  for (const groups of ground.values()) if (groups.has(groupId)) count += 1;
  return count;
}

/** The share on the server's side alone. */
export function groundShare(ground: Ground, groupId: string): Share {
  const count = holders(ground, groupId);
  if (count === 0) return "none";
  return count === ground.size ? "all" : "some";
}

/** The share with the person's wishes applied. */
export function share(ground: Ground, wishes: Wishes, groupId: string): Share {
  const wish = wishes.get(groupId);
  if (wish !== undefined) return wish ? "all" : "none";
  return groundShare(ground, groupId);
}

/**
 * The wishes after one press on a group: off becomes on and on becomes off. Where only some patients have the group
 * the press goes on → off → as it was, so that the mixed state is never lost by accident.
 */
export function toggled(ground: Ground, wishes: Wishes, groupId: string): Map<string, boolean> {
  const next = new Map(wishes);
  const now = share(ground, wishes, groupId);
  if (groundShare(ground, groupId) === "some" && now === "none") next.delete(groupId);
  else setWish(next, ground, groupId, now !== "all");
  return next;
}

/** The wishes with one group wished on or off; a wish for what already is so is dropped. */
export function wished(ground: Ground, wishes: Wishes, groupId: string, on: boolean): Map<string, boolean> {
  const next = new Map(wishes);
  setWish(next, ground, groupId, on);
  return next;
}

/** The wishes that still differ from the ground, with those dropped that others have fulfilled or whose group is gone. */
export function remaining(
  ground: Ground,
  wishes: Wishes,
  exists: (groupId: string) => boolean,
): Map<string, boolean> {
  const next = new Map<string, boolean>();
  for (const [groupId, on] of wishes) if (exists(groupId)) setWish(next, ground, groupId, on);
  return next;
}

/** What to ask of the server, one entry a changed group. */
export function changesOf(ground: Ground, wishes: Wishes): GroupChange[] {
  return [...wishes]
    .map(([groupId, on]) => {
      const patients = [...ground].filter(([, groups]) => groups.has(groupId) !== on).map(([id]) => id);
      return { groupId, add: on ? patients : [], remove: on ? [] : patients };
    })
    .filter(({ add, remove }) => add.length + remove.length > 0);
}

/** The ground as it is once a change took effect. */
export function applied(ground: Ground, changes: readonly GroupChange[]): Map<string, Set<string>> {
  const next = new Map([...ground].map(([id, groups]) => [id, new Set(groups)]));
  for (const { groupId, add, remove } of changes) {
    for (const id of add) next.get(id)?.add(groupId);
    for (const id of remove) next.get(id)?.delete(groupId);
  }
  return next;
}

/** What others changed between two states of one set: ids that came and ids that went. */
export function difference(
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): { added: string[]; removed: string[] } {
  return {
    added: [...after].filter((id) => !before.has(id)),
    removed: [...before].filter((id) => !after.has(id)),
  };
}

function setWish(wishes: Map<string, boolean>, ground: Ground, groupId: string, on: boolean): void {
  if (groundShare(ground, groupId) === (on ? "all" : "none")) wishes.delete(groupId);
  else wishes.set(groupId, on);
}
