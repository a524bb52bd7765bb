const said = new Set<string>();

/** Tells the integrator of a mistake in the page, once. A wrong property never throws. */
export function devWarning(host: Element, message: string): void {
  const line = `[${host.localName}] ${message}`;
  if (said.has(line)) return;
  said.add(line);
  console.warn(line);
}
