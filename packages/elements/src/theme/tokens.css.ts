import { css } from "lit";

/**
 * The tokens, in three tiers, each of which a page may set on any ancestor:
 * primitive `--welby-blue-900` → semantic `--welby-color-primary` → component `--welby-button-background`.
 *
 * Primitives are values of the Digital Agency's design tokens (@digital-go-jp/design-tokens 1.1.9, MIT), copied because
 * its files would be larger than this element; a test compares them. What the elements use are the private `--_*`
 * variables: an inherited public token would lose to a default declared on `:host`, a fallback does not.
 *
 * Light and dark follow `color-scheme`: the page's own, or that of a provider's `theme`.
 */
export const tokens = css`
  :host {
    --_gray-50: var(--welby-gray-50, #f2f2f2);
    --_gray-200: var(--welby-gray-200, #cccccc);
    --_gray-300: var(--welby-gray-300, #b3b3b3);
    --_gray-420: var(--welby-gray-420, #949494);
    --_gray-536: var(--welby-gray-536, #767676);
    --_gray-700: var(--welby-gray-700, #4d4d4d);
    --_gray-800: var(--welby-gray-800, #333333);
    --_gray-900: var(--welby-gray-900, #1a1a1a);
    --_blue-200: var(--welby-blue-200, #c5d7fb);
    --_blue-300: var(--welby-blue-300, #9db7f9);
    --_blue-400: var(--welby-blue-400, #7096f8);
    --_blue-900: var(--welby-blue-900, #0017c1);
    --_blue-1000: var(--welby-blue-1000, #00118f);
    --_red-300: var(--welby-red-300, #ff9696);
    --_red-900: var(--welby-red-900, #ce0000);
    --_red-1000: var(--welby-red-1000, #a90000);
    --_green-400: var(--welby-green-400, #51b883);
    --_green-800: var(--welby-green-800, #197a4b);
    --_yellow-300: var(--welby-yellow-300, #ffd43d);
    --_yellow-1000: var(--welby-yellow-1000, #806300);

    --_surface: var(--welby-color-surface, light-dark(#ffffff, var(--_gray-900)));
    --_surface-raised: var(--welby-color-surface-raised, light-dark(var(--_gray-50), var(--_gray-800)));
    --_text: var(--welby-color-text, light-dark(var(--_gray-900), var(--_gray-50)));
    --_text-muted: var(--welby-color-text-muted, light-dark(var(--_gray-700), var(--_gray-300)));
    --_border: var(--welby-color-border, light-dark(var(--_gray-536), var(--_gray-420)));
    --_border-muted: var(--welby-color-border-muted, light-dark(var(--_gray-200), var(--_gray-700)));
    --_primary: var(--welby-color-primary, light-dark(var(--_blue-900), var(--_blue-400)));
    --_primary-hover: var(--welby-color-primary-hover, light-dark(var(--_blue-1000), var(--_blue-300)));
    --_on-primary: var(--welby-color-on-primary, light-dark(#ffffff, var(--_gray-900)));
    --_link: var(--welby-color-link, light-dark(var(--_blue-1000), var(--_blue-300)));
    --_selected: var(--welby-color-selected, light-dark(var(--_blue-200), var(--_blue-1000)));
    --_error: var(--welby-color-error, light-dark(var(--_red-900), var(--_red-300)));
    --_error-hover: var(--welby-color-error-hover, light-dark(var(--_red-1000), #ffffff));
    --_success: var(--welby-color-success, light-dark(var(--_green-800), var(--_green-400)));
    --_warning: var(--welby-color-warning, light-dark(var(--_yellow-1000), var(--_yellow-300)));
    --_focus: var(--welby-color-focus, light-dark(#000000, #ffffff));
    --_focus-glow: var(--welby-color-focus-glow, light-dark(var(--_yellow-300), #000000));

    --_target: var(--welby-target-size, 44px);
    --_gap: var(--welby-gap, 1em);
    --_radius: var(--welby-radius, 8px);

    display: block;
    box-sizing: border-box;
    color: var(--_text);
    background: var(--_surface);
    font-family: var(--welby-font-family, inherit);
    font-size: calc(1em * var(--welby-font-scale, 1));
    line-height: 1.5;
    line-break: strict;
    overflow-wrap: anywhere;
  }

  :host([hidden]) {
    display: none;
  }
`;
