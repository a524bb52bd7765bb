/**
 * Takes the token out of the address (`…/reset.html#token=…`), so that it neither stays in the history nor can be read
 * from the address bar. A fragment never travels to a server.
 */
export function takeToken(): string | undefined {
  const url = new URL(location.href);
  const parameters = new URLSearchParams(url.hash.slice(1));
  const token = parameters.get("token");
  if (token === null) return undefined;
  parameters.delete("token");
  url.hash = parameters.toString();
  history.replaceState(history.state, "", url.href);
  return token;
}
