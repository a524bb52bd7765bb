import type { ErrorCode } from "@welby/contract/errors";
import type { Conflict, FieldError } from "@welby/contract/schemas";

export interface WelbyErrorFields {
  /** A code of the contract, or a newer server's own. */
  readonly code: ErrorCode | (string & {});
  /** Whether doing the same again may help. */
  readonly retryable: boolean;
  /** HTTP status, where a server answered. */
  readonly status?: number;
  /** The server's id of the call; a person can name it when asking for help. */
  readonly requestId?: string;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfterMs?: number;
  readonly fieldErrors?: readonly FieldError[];
  readonly conflicts?: readonly Conflict[];
  /** Broken rules of the password policy. */
  readonly rules?: readonly string[];
  /** The call may have taken effect although no answer came. */
  readonly outcomeUnknown?: boolean;
  /** Operation id, e.g. `changeStaffRole`. */
  readonly operation?: string;
}

/** Two copies of the SDK on one page recognise each other's errors by it; `instanceof` would not. */
const BRAND = Symbol.for("@welby/sdk/error");

/** Own fields of an error in the order in which they are printed. A new field is not printed until it is listed. */
const FIELDS = [
  "code",
  "status",
  "requestId",
  "operation",
  "retryable",
  "retryAfterMs",
  "outcomeUnknown",
  "fieldErrors",
  "conflicts",
  "rules",
] as const;

/**
 * What every call of the client throws. Holds no request, no header, no input and no foreign error.
 * @example
 * try {
 *   await client.staff.changeRole({ staffId, role: "staff", version: 3 });
 * } catch (error) {
 *   if (isWelbyError(error) && error.code === "last_admin") showMessage(error.message);
 * }
 */
export class WelbyError extends Error implements WelbyErrorFields {
  declare readonly code: WelbyErrorFields["code"];
  declare readonly retryable: boolean;
  declare readonly status?: number;
  declare readonly requestId?: string;
  declare readonly retryAfterMs?: number;
  declare readonly fieldErrors?: readonly FieldError[];
  declare readonly conflicts?: readonly Conflict[];
  declare readonly rules?: readonly string[];
  declare readonly outcomeUnknown?: boolean;
  declare readonly operation?: string;

  constructor(message: string, fields: WelbyErrorFields, name = "WelbyError") {
    super(message);
    define(this, "name", name);
    for (const name of FIELDS) {
      if (Object.hasOwn(fields, name) && fields[name] !== undefined) define(this, name, fields[name]);
    }
    define(this, BRAND, true);
  }

  /** For logs: listed fields only, and no person's name. */
  toJSON(): Record<string, unknown> {
    const json: Record<string, unknown> = { name: this.name, message: this.message };
    for (const name of FIELDS) if (Object.hasOwn(this, name)) json[name] = this[name];
    if (this.conflicts) json["conflicts"] = this.conflicts.map(({ id, version }) => ({ id, version }));
    return json;
  }

  /** What Node's `console.log` and `util.inspect` print. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `${this.stack ?? this.message} ${JSON.stringify(this.toJSON())}`;
  }
}

/** A setting of `createClient` that cannot work; thrown at once, before any network. For developers. */
export class WelbyConfigurationError extends WelbyError {
  constructor(option: string, expected: string) {
    const fieldErrors = [{ path: option, code: "invalid" }];
    super(
      `createClient: ${option} must be ${expected}`,
      { code: "invalid_configuration", retryable: false, fieldErrors },
      "WelbyConfigurationError",
    );
  }
}

/**
 * Whether something thrown is an error of the client, also of another copy of it.
 * @example if (isWelbyError(error) && error.retryable) offerRetry();
 */
export function isWelbyError(value: unknown): value is WelbyError {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}

/** Not enumerable, so that a spread, a structured clone or a reporter's walk finds only what `toJSON` lists. */
function define(target: object, name: PropertyKey, value: unknown): void {
  Object.defineProperty(target, name, { __proto__: null, value } as PropertyDescriptor);
}
