import { css } from "lit";

export const staffRoleEditorStyles = css`
  :host {
    container-type: inline-size;
  }

  table {
    width: 100%;
    border-collapse: collapse;
  }

  th,
  td {
    padding: 0.75em;
    border-block-end: 1px solid var(--_border-muted);
    text-align: start;
    vertical-align: top;
  }

  thead th {
    border-block-end-color: var(--_border);
    font-size: 0.875em;
  }

  tbody th {
    width: 30%;
    font-weight: 400;
  }

  tr.changed > * {
    background: var(--_surface-raised);
  }

  tr.conflicted > * {
    border-block-start: 2px solid var(--_warning);
  }

  .person {
    display: flex;
    flex-direction: column;
  }

  .person > .name {
    font-weight: 700;
  }

  .muted {
    color: var(--_text-muted);
    font-size: 0.875em;
  }

  tr.changed .muted {
    color: var(--_text);
  }

  .badge,
  .status {
    display: inline-block;
    white-space: nowrap;
  }

  .badge {
    margin-inline-end: 0.5em;
    padding-inline: 0.5em;
    border: 1px solid var(--_border);
    border-radius: 1em;
    color: var(--_text);
    background: var(--_surface);
    font-size: 0.875em;
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1.5em;
  }

  .choice {
    display: grid;
    grid-template-columns: auto 1fr;
    flex: 1 1 12em;
    align-content: start;
    align-items: center;
    column-gap: 0.5em;
    min-height: var(--_target);
    cursor: pointer;
  }

  .choice > .muted {
    grid-column: 2;
  }

  input[type="radio"],
  input[type="checkbox"] {
    flex: none;
    width: 1.5em;
    height: 1.5em;
    margin: 0;
    accent-color: var(--_primary);
  }

  /* Whatever gets the focus must not stop below the bar at the bottom. */
  table input,
  table button {
    scroll-margin-block: calc(var(--_target) + 8em);
  }

  input[aria-disabled="true"] {
    accent-color: var(--_border);
  }

  .choice:has([aria-disabled="true"]) {
    cursor: not-allowed;
  }

  .row-note {
    margin: 0.5em 0 0;
  }

  .savebar {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.75em;
    padding-block: 0.75em;
    border-block-start: 1px solid var(--_border);
    background: var(--_surface);
  }

  .difference > li {
    padding-block: 0.5em;
    border-block-end: 1px solid var(--_border-muted);
  }

  .check {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-height: var(--_target);
    cursor: pointer;
  }

  .skeleton {
    height: calc(var(--_target) * 4);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
  }

  .w-dialog .w-stack > .w-actions {
    position: sticky;
    inset-block-end: -1.5em;
    margin-block-end: -1.5em;
    padding-block: 0.75em 1.5em;
    background: var(--_surface);
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

  /* Narrow places: a block per person. The explicit roles keep it a table for assistive technology. */
  @container (max-width: 40em) {
    table,
    tbody,
    tr,
    th,
    td {
      display: block;
    }

    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    tbody th,
    tbody td {
      padding: 0.375em 0;
      border: 0;
    }

    tbody tr {
      padding-block: 0.5em;
      border-block-end: 1px solid var(--_border);
    }

    tbody th {
      width: auto;
    }

    tr.conflicted > * {
      border: 0;
    }

    tr.conflicted {
      border-block-start: 2px solid var(--_warning);
    }

    tr.changed {
      padding-inline: 0.5em;
      background: var(--_surface-raised);
    }
  }

  @media (forced-colors: active) {
    .badge {
      border-color: CanvasText;
    }

    input[type="radio"]:focus-visible,
    input[type="checkbox"]:focus-visible {
      outline-color: Highlight;
    }
  }
`;
