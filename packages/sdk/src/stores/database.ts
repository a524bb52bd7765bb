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

/** Opens a database on first use, and again when another page made it close. */
export function openDatabase(factory: IDBFactory, name: string): Database {
  let opened: Promise<IDBDatabase> | undefined;

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

  /** Runs one transaction; resolves when it is committed, not when it was asked for. */
  const transact = async <T>(
    mode: IDBTransactionMode,
    work: (entries: IDBObjectStore, done: (value: T) => void) => void,
  ) => {
    const database = await open();
    return new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      let result: T;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = transaction.onerror = () => reject(asError(transaction.error));
      work(transaction.objectStore(STORE), (value) => (result = value));
    });
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
      opened?.then((database) => database.close()).catch(() => {});
      opened = undefined;
    },
  };
}

function asError(error: DOMException | null): Error {
  return error ?? new DOMException("Storage is not available", "InvalidStateError");
}
