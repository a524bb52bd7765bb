/** One call and what came back, with everything replaced that differs from run to run. */
export interface TranscriptEntry {
  readonly name: string;
  /** `machine` marks what no page can send. */
  readonly caller: "page" | "machine";
  /** Written by hand: `201`, `409 duplicate_name`, or `no answer`. */
  readonly expected: string;
  /** In the same words. */
  readonly outcome: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** All calls of the suite in their order, as one target answered them. */
export type Transcript = readonly TranscriptEntry[];

/** What a target answered otherwise than expected: an error that all targets share shows here. */
export function unexpected(transcript: Transcript): string[] {
  const counts = new Map<string, number>();
  for (const { name } of transcript) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [
    ...[...counts].flatMap(([name, count]) => (count > 1 ? [`${name}: named ${count} times`] : [])),
    ...transcript.flatMap(({ name, expected, outcome, body }) =>
      outcome === expected ? [] : [`${name}: expected ${expected}, got ${outcome} ${shown(body)}`],
    ),
  ];
}

/** The calls that a page can make. */
export function fromPages(transcript: Transcript): Transcript {
  return transcript.filter(({ caller }) => caller === "page");
}

/** Where two targets differ: status, code, headers or body of a call, or a call that only one of them had. */
export function differences(one: Transcript, other: Transcript): string[] {
  const others = new Map(other.map((entry) => [entry.name, entry]));
  const found = one.flatMap((entry) => {
    const counterpart = others.get(entry.name);
    others.delete(entry.name);
    if (!counterpart) return [`${entry.name}: only in the first`];
    return (["outcome", "headers", "body"] as const).flatMap((part) => {
      const [left, right] = [shown(entry[part]), shown(counterpart[part])];
      return left === right ? [] : [`${entry.name}: ${part} differs\n    ${left}\n    ${right}`];
    });
  });
  return [...found, ...[...others.keys()].map((name) => `${name}: only in the second`)];
}

/** Sorted keys, so that the order of headers or columns is no difference. */
function shown(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
  return text.length > 2000 ? `${text.slice(0, 2000)}… (${text.length} characters, ${checksum(text)})` : text;
}

function checksum(text: string): string {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return (hash >>> 0).toString(16);
}
