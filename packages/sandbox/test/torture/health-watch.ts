import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

// In a thread of its own: a caller that is busy with five hundred calls would count its own time.
const times: number[] = [];
let over = false;
parentPort?.once("message", () => (over = true));
while (!over) {
  const started = performance.now();
  const response = await fetch(`${String(workerData)}/health`);
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`/health answered ${response.status}`);
  times.push(performance.now() - started);
  // Told once the first answer is there, so that a thread that is slow to begin misses nothing.
  if (times.length === 1) parentPort?.postMessage("watching");
  await sleep(50);
}
parentPort?.postMessage(times);
