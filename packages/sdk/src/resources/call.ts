import type { InputOf, OperationRow, ResultOf } from "@welby/contract";
import { paginate, type Page, type Paginated } from "../paginated.ts";
import type { CallOptions } from "../types.ts";

/** Loads the operations of one noun, so that a sign-in downloads no schema of a patient list. */
export type LoadOperations<M> = () => Promise<M>;

type OperationIn<M, K extends keyof M> = M[K] extends OperationRow ? M[K] : never;

/** What a resource needs of the client: one call, and the error for a list without an end. */
export interface Caller {
  call<M, K extends keyof M & string>(
    load: LoadOperations<M>,
    id: K,
    input: InputOf<OperationIn<M, K>>,
    options?: CallOptions,
  ): Promise<ResultOf<OperationIn<M, K>>>;
  protocolError(operation: string): Promise<Error>;
}

/** A paginated call: the same input for each page, and the cursor of the one before. */
export function list<M, K extends keyof M & string, T, P extends Page<T>>(
  caller: Caller,
  load: LoadOperations<M>,
  id: K,
  input: object | undefined,
  options: CallOptions | undefined,
): Paginated<T, P> {
  return paginate<T, P>({
    // A start by kana row names the first page only.
    fetch: (cursor) =>
      caller.call(
        load,
        id,
        { ...input, ...(cursor !== undefined && { cursor, startAt: undefined }) } as never,
        options,
      ) as Promise<unknown> as Promise<P>,
    repeated: () => caller.protocolError(id),
  });
}
