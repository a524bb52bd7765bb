// One file to fetch at the first change: how it is saved, and what is asked before and after.
export { PickerQuestions } from "./questions.ts";
export { saveChanges } from "./saving.ts";
