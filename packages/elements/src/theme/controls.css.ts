import { css } from "lit";

/**
 * Shared controls by class, the same in shadow roots and (through {@link lightSheet}) in the page's light DOM.
 * Rules for this sheet: every declaration ends with `;`, no `:host`, no keyframes.
 */
export const controls = css`
  .w-stack {
    display: flex;
    flex-direction: column;
    align-items: stretch;
    gap: var(--_gap);
  }

  .w-heading {
    margin: 0;
    font-size: 1.25em;
    font-weight: 700;
    word-break: auto-phrase;
  }

  .w-heading-small {
    font-size: 1em;
  }

  .w-text {
    margin: 0;
  }

  .w-strong {
    font-weight: 700;
  }

  .w-field {
    display: flex;
    flex-direction: column;
    gap: 0.375em;
    min-width: 0;
  }

  .w-label {
    font-weight: 700;
  }

  .w-hint {
    margin: 0;
    color: var(--_text-muted);
    font-size: 0.875em;
  }

  .w-input {
    box-sizing: border-box;
    width: 100%;
    min-width: 0;
    min-height: var(--_target);
    padding: 0.375em 0.75em;
    border: 1px solid var(--welby-input-border, var(--_border));
    border-radius: var(--_radius);
    color: var(--_text);
    background: var(--welby-input-background, var(--_surface));
    font: inherit;
  }

  .w-input[aria-invalid="true"] {
    border: 2px solid var(--_error);
  }

  .w-row {
    display: flex;
    flex-wrap: wrap;
    align-items: stretch;
    gap: 0.5em;
  }

  .w-row > .w-input {
    flex: 1 1 12em;
    width: auto;
  }

  .w-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em;
  }

  .w-button {
    box-sizing: border-box;
    min-width: var(--_target);
    min-height: var(--_target);
    padding: 0.375em 1em;
    border: 1px solid var(--welby-button-border, var(--_primary));
    border-radius: var(--_radius);
    color: var(--welby-button-color, var(--_on-primary));
    background: var(--welby-button-background, var(--_primary));
    font: inherit;
    font-weight: 700;
    cursor: pointer;
  }

  .w-button:hover {
    border-color: var(--_primary-hover);
    background: var(--welby-button-background-hover, var(--_primary-hover));
  }

  .w-button-secondary {
    border-color: var(--_primary);
    color: var(--_link);
    background: var(--_surface);
  }

  .w-button-secondary:hover {
    background: var(--_surface-raised);
  }

  .w-button-danger {
    border-color: var(--_error);
    color: var(--_on-primary);
    background: var(--_error);
  }

  .w-button-danger:hover {
    border-color: var(--_error-hover);
    background: var(--_error-hover);
  }

  .w-button[aria-disabled="true"] {
    border-color: var(--_border);
    color: var(--_text);
    background: var(--_surface-raised);
    cursor: default;
  }

  .w-link {
    display: inline-flex;
    align-items: center;
    min-height: var(--_target);
    padding: 0;
    border: 0;
    color: var(--_link);
    background: none;
    font: inherit;
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 0.2em;
    cursor: pointer;
  }

  .w-link:hover {
    text-decoration-thickness: 0.15em;
  }

  .w-error {
    margin: 0;
    color: var(--_error);
    font-weight: 700;
  }

  .w-alert {
    padding: 0.75em 1em;
    border: 2px solid var(--_border);
    border-inline-start-width: 8px;
    border-radius: var(--_radius);
    color: var(--_text);
    background: var(--_surface);
  }

  .w-alert-error {
    border-color: var(--_error);
  }

  .w-alert-warning {
    border-color: var(--_warning);
  }

  .w-alert-success {
    border-color: var(--_success);
  }

  .w-list {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .w-dialog {
    box-sizing: border-box;
    max-width: min(36em, 92vw);
    padding: 1.5em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    color: var(--_text);
    background: var(--_surface);
  }

  .w-dialog::backdrop {
    background: rgb(0 0 0 / 50%);
  }

  .w-input:focus-visible,
  .w-button:focus-visible,
  .w-link:focus-visible,
  .w-focusable:focus-visible {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--_focus-glow);
  }

  .w-visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    min-height: 0;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (forced-colors: active) {
    .w-button,
    .w-input,
    .w-alert {
      border-color: ButtonBorder;
    }

    .w-button[aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
    }

    .w-input:focus-visible,
    .w-button:focus-visible,
    .w-link:focus-visible,
    .w-focusable:focus-visible {
      outline-color: Highlight;
      box-shadow: none;
    }
  }
`;
