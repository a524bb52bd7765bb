import { css } from "lit";
import { controls } from "../../theme/controls.css.ts";
import { tokens } from "../../theme/tokens.css.ts";

/** Around the form, in the shadow root. */
export const frameStyles = [
  tokens,
  controls,
  css`
    .frame {
      max-width: var(--welby-form-width, 28em);
    }
  `,
];

/** The form itself, in the page's light DOM. */
export const formStyles = [
  controls,
  css`
    .w-bullets {
      padding-inline-start: 1.25em;
      list-style: disc;
    }
  `,
];
