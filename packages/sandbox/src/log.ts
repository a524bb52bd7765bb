import type { Log } from "@welby/backend";
import { operations, type OperationId } from "@welby/contract";
import { formatJst } from "@welby/text";

export type { Log };
export type LogLevel = Parameters<Log>[0];
export type LogFields = Parameters<Log>[2];

export interface JsonLogOptions {
  /** Takes one finished line; standard error unless told. */
  readonly write?: (line: string) => void;
  /** Events below it are left out; `info` unless told. */
  readonly level?: LogLevel;
  readonly now?: () => Date;
}

const ORDER: readonly LogLevel[] = ["info", "warn", "error"];

/**
 * Writes events as JSON lines, dated in Japan time whatever the machine's zone is (clause 12).
 * A call is named by its operation and path template; a filled-in URL, a name, an address or a token has no place here.
 * @example jsonLog()("info", "started", { port: 8787 });
 */
export function jsonLog({
  write = toStandardError,
  level: least = "info",
  now = () => new Date(),
}: JsonLogOptions = {}): Log {
  return (level, message, fields) => {
    if (ORDER.indexOf(level) < ORDER.indexOf(least)) return;
    const line = { time: formatJst(now(), { ms: true }), level, message, ...withTemplate(fields) };
    write(
      oneLine(
        JSON.stringify(line, (_key, value: unknown) => (typeof value === "string" ? scrubbed(value) : value)),
      ),
    );
  };
}

/** Adds `/v1/staff/{staffId}/role`, as the contract writes it, to a call's operation id. */
function withTemplate(fields: LogFields): LogFields {
  const { operation } = fields;
  if (typeof operation !== "string" || !Object.hasOwn(operations, operation)) return fields;
  return { ...fields, path: operations[operation as OperationId].path };
}

/** JSON escapes C0 already; the rest of what could end a line, move a cursor or turn the text around follows. */
function oneLine(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The second net, should a caller hand over what it must not: addresses, tokens and long secrets. */
function scrubbed(value: string): string {
  return value
    .replace(/eyJ[\w-]+\.[\w-]*(\.[\w-]*)?/g, "[token]")
    .replace(/[^\s@<>"']{1,64}@[\w-]+(\.[\w-]+)+/g, "[address]")
    .replace(/(?<![\w-])(?!(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})(?![\w-]))[\w-]{40,}/gi, "[secret]");
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}
