import type { GroupCategory, PatientGroup } from "../../internal/api-types.ts";
import { checkName, compareKey, matcher, searchKey } from "@welby/text";
import type { NameProblem } from "@welby/text";

/** A group with what the list needs to find it. */
export interface ListedGroup {
  readonly group: PatientGroup;
  readonly search: string;
}

/** The groups under one heading; `category` is null for groups without one. */
export interface GroupSection {
  readonly category: GroupCategory | null;
  readonly groups: readonly ListedGroup[];
}

/** What could be done with the text as a new group: offered, refused with the rule it breaks, or nothing. */
export type CreateOffer = { readonly name: string } | { readonly problem: Exclude<NameProblem, "empty"> };

/**
 * Puts groups under their categories, both in the institution's order; groups without a known category come last.
 * The search keys are made once, because the filter runs at every key press.
 */
export function sectionGroups(
  groups: readonly PatientGroup[],
  categories: readonly GroupCategory[],
): GroupSection[] {
  const headings: (GroupCategory | null)[] = [...categories].sort(inOrder);
  const known = new Set(categories.map((category) => category.id));
  const listed = [...groups].sort(inOrder).map((group) => ({ group, search: searchKey(group.name) }));
  return [...headings, null]
    .map((category) => ({
      category,
      groups: listed.filter(({ group }) =>
        category ? group.categoryId === category.id : !group.categoryId || !known.has(group.categoryId),
      ),
    }))
    .filter((section) => section.groups.length > 0);
}

/** Keeps the groups that contain the text, and all groups of a category whose name contains it. */
export function filterSections(sections: readonly GroupSection[], query: string): GroupSection[] {
  if (searchKey(query) === "") return [...sections];
  const found = matcher(query);
  return sections
    .map((section) =>
      section.category && found(searchKey(section.category.name))
        ? section
        : { ...section, groups: section.groups.filter(({ search }) => found(search)) },
    )
    .filter((section) => section.groups.length > 0);
}

/** Flattens sections to the order in which the arrow keys meet the groups. */
export function groupsOf(sections: readonly GroupSection[]): PatientGroup[] {
  return sections.flatMap((section) => section.groups.map(({ group }) => group));
}

/** The group that has this name already, by the key the server compares. */
export function sameNamed(groups: readonly PatientGroup[], name: string): PatientGroup | undefined {
  const key = compareKey(name);
  return groups.find((group) => compareKey(group.name) === key);
}

/**
 * Offers to create a group of this name, unless one exists that the server or a reader would take for the same.
 * @example
 * createOffer("CKD", [ＣＫＤ]); // undefined
 */
export function createOffer(query: string, groups: readonly PatientGroup[]): CreateOffer | undefined {
  const name = query.trim();
  if (name === "" || sameNamed(groups, name)) return undefined;
  const fold = searchKey(name);
  if (fold !== "" && groups.some((group) => searchKey(group.name) === fold)) return undefined;
  const checked = checkName(name);
  if (checked.ok) return { name };
  return checked.problem === "empty" ? undefined : { problem: checked.problem };
}

function inOrder(a: { sortOrder: number; name: string }, b: { sortOrder: number; name: string }): number {
  return a.sortOrder - b.sortOrder || (a.name < b.name ? -1 : 1);
}
