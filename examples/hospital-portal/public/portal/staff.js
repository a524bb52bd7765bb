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
/** @type {Readonly<Record<string, "tooLong" | "kanaOnly">>} */
const PROBLEMS = { too_long: "tooLong", not_kana: "kanaOnly" };
let adding = false;

await signedIn({ signIn: "/" });

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void add();
});

async function add() {
  if (adding) return;
  const input = read();
  message.hidden = true;
  showProblems(problemsOf(input));
  if (form.querySelector("[aria-invalid=true]")) return;
  adding = true;
  message.textContent = say("adding");
  message.hidden = false;
  try {
    const { family, given, familyKana, givenKana, email } = input;
    const member = await client.staff.add({
      name: { family, given, ...(familyKana ? { familyKana } : {}), ...(givenKana ? { givenKana } : {}) },
      email,
    });
    form.reset();
    message.textContent = say("added", { name: member.name.text });
    await roles.reload?.();
  } catch (error) {
    message.hidden = true;
    showFailure(error);
  } finally {
    adding = false;
  }
}

function read() {
  const data = new FormData(form);
  /** @param {string} name */
  const text = (name) => String(data.get(name) ?? "").trim();
  return {
    family: text("family"),
    given: text("given"),
    familyKana: text("familyKana"),
    givenKana: text("givenKana"),
    email: text("email"),
  };
}

/** What can be said without asking; the server looks again. @param {ReturnType<typeof read>} input */
function problemsOf(input) {
  /** @type {Record<string, string>} */
  const problems = {};
  for (const name of /** @type {const} */ (["family", "given", "email"]))
    if (!input[name]) problems[name] = say("required");
  for (const name of /** @type {const} */ (["familyKana", "givenKana"]))
    if (/[^\p{Script=Katakana}\p{Script=Hiragana}\p{Mark}ー・･ｰﾞﾟ\s]/u.test(input[name]))
      problems[name] = say("kanaOnly");
  return problems;
}

/** Each problem beside its field; the first one gets the focus. @param {Record<string, string>} problems by field */
function showProblems(problems) {
  problem.hidden = true;
  for (const input of form.querySelectorAll("input")) {
    const text = problems[input.name] ?? "";
    input.setAttribute("aria-invalid", String(text !== ""));
    /** @type {HTMLElement} */ (form.querySelector(`#${input.name}-problem`)).textContent = text;
  }
  /** @type {HTMLElement | null} */ (form.querySelector("[aria-invalid=true]"))?.focus();
}

/** @param {unknown} error */
function showFailure(error) {
  const { code, fieldErrors = [] } =
    /** @type {{ code?: string, fieldErrors?: readonly { path: string, code: string }[] }} */ (error);
  /** @type {Record<string, string>} */
  const problems = {};
  for (const { path, code } of fieldErrors) {
    const name = path.split(".").at(-1) ?? "";
    if (!(form.elements.namedItem(name) instanceof HTMLInputElement)) continue;
    problems[name] = say(name === "email" ? "badEmail" : (PROBLEMS[code] ?? "fieldProblem"));
  }
  if (code === "email_in_use") problems["email"] = explain(error);
  showProblems(problems);
  if (Object.keys(problems).length > 0) return;
  problem.textContent = explain(error);
  problem.hidden = false;
}
