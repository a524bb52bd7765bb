import type { InputOf, OperationRow, ResultOf } from "@welby/contract";
import type { Page, PageSource, Paginated } from "../paginated.ts";
import type { CallOptions, SignInStep } from "../types.ts";

/** What a resource needs of the client. */
export interface Caller {
  readonly call: <O extends OperationRow>(
    operation: O,
    input: InputOf<O>,
    options?: CallOptions,
  ) => Promise<ResultOf<O>>;
  /** A paginated call: the same input for each page, and the cursor of the one before. */
  readonly pages: <O extends OperationRow>(
    operation: O,
    input: InputOf<O> | undefined,
    options?: CallOptions,
  ) => PageSource<ResultOf<O>>;
  /** What comes after an answer of the sign-in. */
  readonly step: (answer: unknown) => Promise<SignInStep>;
  /** A second factor was set up: a session that waited for it is a full one. */
  readonly enrolled: () => Promise<void>;
  /** Clears what this origin keeps of a session that the server has ended. */
  readonly signOut: () => Promise<void>;
}

/**
 * A file of this folder. It comes with the first call of one of its methods and brings the schemas of its operations,
 * so that a sign-in downloads none of a patient list.
 */
export interface ResourceFile<L> {
  readonly resource: (caller: Caller) => L;
}

/** A resource as its file makes it: a list is where its pages come from. */
export type Loaded<R> = {
  [K in keyof R]: R[K] extends (...input: infer I) => Paginated<unknown, infer P>
    ? (...input: I) => PageSource<P>
    : R[K];
};

/** The same as the client has it: `list()` is there before the file. */
export type Unloaded<L> = {
  [K in keyof L]: L[K] extends (...input: infer I) => PageSource<infer P extends Page<unknown>>
    ? (...input: I) => Paginated<P["items"][number], P>
    : L[K];
};
