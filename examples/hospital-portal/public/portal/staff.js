// The kit's role editor, and the portal's own small form for a new member.
import { client } from "./client.js";
import { explain, signedIn } from "./signed-in.js";
import { say } from "./texts.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("#add"));
const problem = /** @type {HTMLElement} */ (document.querySelector("#add-error"));
const message = /** @type {HTMLElement} */ (document.querySelector("#message"));
const roles = /** @type {HTMLElement & { reload?: () => Promise<void> }} */ (
  document.querySelector("#roles")
);
let adding = false;

await signedIn({ signIn: "/" });

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void add();
});

async function add() {
  if (adding) return;
  adding = true;
  problem.hidden = true;
  try {
    const data = new FormData(form);
    /** @param {string} name */
    const text = (name) => String(data.get(name) ?? "").trim();
    const [familyKana, givenKana] = [text("familyKana"), text("givenKana")];
    const member = await client.staff.add({
      name: {
        family: text("family"),
        given: text("given"),
        ...(familyKana ? { familyKana } : {}),
        ...(givenKana ? { givenKana } : {}),
      },
      email: text("email"),
    });
    form.reset();
    message.textContent = say("added", { name: member.name.text });
    message.hidden = false;
    await roles.reload?.();
  } catch (error) {
    show(error);
  } finally {
    adding = false;
  }
}

/** @param {unknown} error */
function show(error) {
  const { fieldErrors = [] } = /** @type {{ fieldErrors?: readonly { path: string }[] }} */ (error);
  const fields = fieldErrors
    .map(({ path }) => path.split(".").at(-1) ?? "")
    .filter((name) => form.elements.namedItem(name));
  for (const input of form.querySelectorAll("input"))
    input.setAttribute("aria-invalid", String(fields.includes(input.name)));
  const lines = fields.map((name) =>
    say("fieldProblem", { field: form.querySelector(`label[for="${name}"]`)?.textContent ?? name }),
  );
  problem.textContent = lines.length ? lines.join("\n") : explain(error);
  problem.hidden = false;
  const first = fields[0] && form.elements.namedItem(fields[0]);
  if (first instanceof HTMLInputElement) first.focus();
}
