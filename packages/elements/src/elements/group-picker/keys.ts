/** What a key press in the input asks for. */
export type Command =
  | "open"
  | "open_first"
  | "open_last"
  | "close"
  | "leave"
  | "clear"
  | "next"
  | "previous"
  | "first"
  | "last"
  | "pick"
  | "back_to_text"
  | "last_chip"
  | "nothing";

/** What of a key press matters here; a `KeyboardEvent` fits. */
export interface Press {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

export interface ComboboxState {
  readonly open: boolean;
  /** Whether an option is highlighted. */
  readonly active: boolean;
  /** Whether nothing is typed. */
  readonly blank: boolean;
}

/**
 * The APG's editable combobox with manual selection; `undefined` leaves a key to the browser, `nothing` keeps it away.
 *
 * Home and End move in the list only while an option is highlighted: otherwise they move the caret, as in every text field.
 */
export function commandFor(press: Press, state: ComboboxState): Command | undefined {
  const { key } = press;
  if (press.ctrlKey || press.metaKey) return undefined;
  if (press.altKey) {
    if (key === "ArrowDown") return "open";
    return key === "ArrowUp" ? "close" : undefined;
  }
  if (press.shiftKey && key !== "Tab") return state.active && isCaretKey(key) ? "back_to_text" : undefined;
  switch (key) {
    case "ArrowDown":
      return state.open ? "next" : "open_first";
    case "ArrowUp":
      return state.open ? "previous" : "open_last";
    case "Home":
      return state.active ? "first" : undefined;
    case "End":
      return state.active ? "last" : undefined;
    case "ArrowLeft":
      return state.blank ? "last_chip" : leaveOption(state);
    case "ArrowRight":
      return leaveOption(state);
    case "Enter":
      // Without a highlighted option Enter opens the list: it never picks by itself and never submits a form.
      if (state.active) return "pick";
      return state.open ? "nothing" : "open";
    case "Escape":
      if (state.open) return "close";
      return state.blank ? undefined : "clear";
    case "Backspace":
      return state.blank ? "last_chip" : undefined;
    case "Tab":
      return "leave";
    default:
      return undefined;
  }
}

/** Whether the browser's own answer to the key has to be kept away. */
export function replacesDefault(command: Command | undefined): boolean {
  return command !== undefined && command !== "leave" && command !== "back_to_text";
}

function leaveOption(state: ComboboxState): Command | undefined {
  return state.active ? "back_to_text" : undefined;
}

function isCaretKey(key: string): boolean {
  return key === "ArrowLeft" || key === "ArrowRight" || key === "Home" || key === "End";
}
