import { operations, type OperationId, type OperationRow } from "@welby/contract";

const patterns = (Object.values(operations) as readonly OperationRow[]).map(({ id, method, path }) => ({
  id,
  method,
  pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
}));

/**
 * The operation that a request asks for; undefined for an address that is none.
 * @example operationOf("GET", "/v1/staff") // "listStaff"
 */
export function operationOf(method: string, path: string): OperationId | undefined {
  return patterns.find((one) => one.method === method && one.pattern.test(path))?.id;
}
