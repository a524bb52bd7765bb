import { css } from "lit";

/** The checklist: a sign, a word and a colour for each state; never the colour alone. */
export const newPasswordStyles = css`
  .w-check {
    display: flex;
    gap: 0.5em;
    padding-block: 0.125em;
  }

  .w-check::before {
    content: "○";
    flex: none;
  }

  .w-check > span {
    flex: 1;
    min-width: 0;
  }

  .w-check-met::before {
    content: "✓";
    color: var(--_success);
    font-weight: 700;
  }

  .w-check-refused::before {
    content: "×";
    color: var(--_error);
    font-weight: 700;
  }

  .w-reserved {
    display: grid;
  }

  .w-reserved > * {
    grid-area: 1 / 1;
  }

  .w-unseen {
    visibility: hidden;
  }

  .w-unseen span::after {
    content: attr(data-line);
  }

  .w-check-state {
    color: var(--_text-muted);
    font-size: 0.875em;
  }
`;
