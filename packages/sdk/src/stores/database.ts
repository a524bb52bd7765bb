import type { Environment } from "../environment.ts";

/** The few uses of IndexedDB that the origin store needs. Every method rejects where storage is denied or full. */
export interface Database {
  get(key: string): Promise<unknown>;
  /** Reads and writes in one transaction, so no other tab comes between. `change` returns undefined to leave all as it is. */
  update(
    key: string,
    change: (current: unknown) => { readonly value: unknown } | undefined,
  ): Promise<boolean>;
  remove(key: string): Promise<void>;
  close(): void;
}

const STORE = "entries";

/**
 * Opens a database on first use, and again when another page made it close.
 *
 * When the page is left, what is under way is aborted and begun again should the page come back: WebKit freezes a page
 * with its transactions open, and every other tab (a sign-out too) would wait for them.
 */
export function openDatabase(
  factory: IDBFactory,
  name: string,
  { onLeave }: Pick<Environment, "onLeave"> = { onLeave: () => () => {} },
): Database {
  let opened: Promise<IDBDatabase> | undefined;
  const active = new Set<IDBTransaction>();
  let leaves = 0;
  let away: { readonly over: Promise<void>; readonly end: () => void } | undefined;
  const stopListening = onLeave(
    () => {
      leaves += 1;
      away ??= gate();
      for (const transaction of active) abort(transaction);
      close();
    },
    () => {
      away?.end();
      away = undefined;
    },
  );

  const open = () =>
    (opened ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = factory.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      request.onsuccess = () => {
        const database = request.result;
        const forget = () => (opened = undefined);
        // Somebody deletes the database ("clear site data"): let go, do not block it.
        database.onversionchange = () => {
          database.close();
          forget();
        };
        database.onclose = forget;
        resolve(database);
      };
      request.onerror = () => reject(asError(request.error));
      request.onblocked = () => reject(asError(null));
    }).catch((error: unknown) => {
      opened = undefined;
      throw error;
    }));

  const close = () => {
    opened?.then((database) => database.close()).catch(() => {});
    opened = undefined;
  };

  type Work<T> = (entries: IDBObjectStore, done: (value: T) => void) => void;

  /** Runs one transaction; resolves when it is committed, not when it was asked for. */
  const once = async <T>(mode: IDBTransactionMode, work: Work<T>) => {
    const database = await open();
    if (away) throw asError(null);
    return new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      active.add(transaction);
      let result: T;
      transaction.oncomplete = () => {
        active.delete(transaction);
        resolve(result);
      };
      transaction.onabort = transaction.onerror = () => {
        active.delete(transaction);
        reject(asError(transaction.error));
      };
      work(transaction.objectStore(STORE), (value) => (result = value));
    });
  };

  const transact = async <T>(mode: IDBTransactionMode, work: Work<T>): Promise<T> => {
    for (;;) {
      if (away) await away.over;
      const before = leaves;
      try {
        return await once(mode, work);
      } catch (error) {
        if (leaves === before) throw error;
      }
    }
  };

  return {
    get: (key) =>
      transact("readonly", (entries, done) => {
        const request = entries.get(key);
        request.onsuccess = () => done(request.result);
      }),
    update: (key, change) =>
      transact("readwrite", (entries, done) => {
        const request = entries.get(key);
        request.onsuccess = () => {
          const next = change(request.result);
          if (next) entries.put(next.value, key);
          done(next !== undefined);
        };
      }),
    remove: (key) =>
      transact("readwrite", (entries, done) => {
        entries.delete(key);
        done(undefined);
      }),
    close() {
      stopListening();
      close();
    },
  };
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has just been committed.
  }
}

/** A promise and the function that resolves it. */
function gate(): { over: Promise<void>; end: () => void } {
  let end = () => {};
  const over = new Promise<void>((resolve) => (end = resolve));
  return { over, end: () => end() };
}

function asError(error: DOMException | null): Error {
  return error ?? new DOMException("Storage is not available", "InvalidStateError");
}
