import type { Store, Transaction } from "../../src/ports/index.ts";

/** Stands between the core and its store; call what it returns to put things right again. */
export function interceptTransactions(
  store: Store,
  change: (transaction: Transaction) => Transaction,
): () => void {
  const transaction = store.transaction.bind(store);
  store.transaction = (work) => transaction((tables) => work(change(tables)));
  return () => void (store.transaction = transaction);
}

/** Fails every transaction; call what it returns to put things right again. */
export function failTransactions(store: Store, error: Error): () => void {
  const transaction = store.transaction.bind(store);
  store.transaction = () => Promise.reject(error);
  return () => void (store.transaction = transaction);
}
