import { css } from "lit";

export const groupPickerStyles = css`
  .control {
    display: flex;
    flex-direction: column;
    gap: 0.5em;
    position: relative;
  }

  .required {
    margin-inline-start: 0.5em;
    color: var(--_error);
    font-size: 0.875em;
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    box-sizing: border-box;
    max-width: 100%;
    min-width: var(--_target);
    min-height: var(--_target);
    padding: 0.25em 0.75em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_target) / 2);
    color: var(--_text);
    background: var(--welby-chip-background, var(--_surface-raised));
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .chip.some {
    border-style: dashed;
    background: var(--_surface);
  }

  button.chip::after {
    content: "×" / "";
    font-weight: 700;
  }

  button.chip:hover {
    border-color: var(--_text);
  }

  .fixed {
    cursor: default;
  }

  .box {
    position: relative;
  }

  .box .w-input {
    padding-inline-end: calc(var(--_target) + 0.25em);
  }

  .toggle {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    width: var(--_target);
    min-height: var(--_target);
    border: 0;
    color: var(--_text);
    background: none;
    font: inherit;
    cursor: pointer;
  }

  .toggle::before {
    content: "▾" / "";
  }

  .toggle[aria-expanded="true"]::before {
    content: "▴" / "";
  }

  .popup {
    box-sizing: border-box;
    position: absolute;
    inset-inline: 0;
    inset-block-start: 100%;
    z-index: var(--welby-popup-z-index, 10);
    margin-block-start: 4px;
    overflow: clip;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--welby-popup-background, var(--_surface));
    box-shadow: 0 4px 12px rgb(0 0 0 / 25%);
  }

  /* The list itself scrolls: it is what the field controls, so its keys reach all of it. */
  .popup [role="listbox"] {
    max-height: min(22em, 60vh);
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  .category {
    padding: 0.5em 0.75em 0.25em;
    color: var(--_text-muted);
    font-size: 0.875em;
    font-weight: 700;
  }

  .option {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: 0.75em;
    box-sizing: border-box;
    min-height: var(--_target);
    padding: 0.375em 0.75em 0.375em 2.25em;
    position: relative;
    cursor: pointer;
  }

  .option > .name {
    flex: 1 1 8em;
    min-width: 0;
  }

  .option > .count {
    color: var(--_text-muted);
    font-size: 0.875em;
  }

  .option::before {
    position: absolute;
    inset-inline-start: 0.75em;
    font-weight: 700;
  }

  .option[aria-selected="true"] {
    background: var(--_selected);
  }

  .option[aria-selected="true"] > .count {
    color: var(--_text);
  }

  .option[aria-selected="true"]::before {
    content: "✓" / "";
  }

  .option.some::before {
    content: "－" / "";
  }

  .option:hover {
    background: var(--_surface-raised);
  }

  .option[aria-selected="true"]:hover {
    background: var(--_selected);
  }

  .option[data-active] {
    outline: 3px solid var(--_focus);
    outline-offset: -3px;
    box-shadow: inset 0 0 0 5px var(--_focus-glow);
  }

  .create {
    border-block-start: 1px solid var(--_border-muted);
    font-weight: 700;
  }

  .create::before {
    content: "＋" / "";
  }

  .create .w-error {
    flex-basis: 100%;
  }

  .note {
    margin: 0;
    padding: 0.75em;
  }

  .patient {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1em;
  }

  .patient > .name {
    font-weight: 700;
  }

  .patients {
    max-height: 16em;
    overflow-y: auto;
  }

  .patients > li {
    padding-block: 0.375em;
    border-block-end: 1px solid var(--_border-muted);
  }

  summary {
    min-height: var(--_target);
    align-content: center;
    cursor: pointer;
  }

  .number,
  .date {
    font-variant-numeric: tabular-nums;
  }

  .w-dialog .w-actions {
    margin-block-start: 1em;
  }

  .status {
    margin: 0;
    color: var(--_text-muted);
    font-size: 0.875em;
  }

  .skeleton {
    height: var(--_target);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
  }

  .savebar {
    display: flex;
    flex-direction: column;
    gap: 0.5em;
    padding-block-start: 0.75em;
    border-block-start: 1px solid var(--_border-muted);
  }

  @media (prefers-reduced-motion: no-preference) {
    .skeleton {
      animation: pulse 1.5s ease-in-out infinite alternate;
    }

    @keyframes pulse {
      to {
        opacity: 0.5;
      }
    }
  }

  @media (forced-colors: active) {
    .option[aria-selected="true"] {
      color: SelectedItemText;
      background: SelectedItem;
      forced-color-adjust: none;
    }

    .option[aria-selected="true"] > .count {
      color: inherit;
    }

    .option[data-active] {
      outline-color: Highlight;
      box-shadow: none;
    }

    /* Highlight on SelectedItem would not be seen: they are often one colour. */
    .option[aria-selected="true"][data-active] {
      outline-color: SelectedItemText;
      outline-offset: -6px;
    }

    .chip {
      border-color: ButtonBorder;
    }
  }
`;
