/** Attributes whose value a person reads or hears. */
const SPOKEN = [
  "aria-label",
  "aria-description",
  "aria-placeholder",
  "aria-roledescription",
  "alt",
  "placeholder",
  "title",
];
const SPOKEN_ATTRIBUTE = new RegExp(`\\b(${SPOKEN.join("|")})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "g");

/** Stands for `${…}` in a template. It is no letter, so it is never taken for text. */
const BINDING = "\u0001";

/**
 * Every word of an element comes from its message catalogue, else it has no translation and no override.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const noTemplateText = {
  meta: {
    type: "problem",
    schema: [],
    messages: { text: "“{{text}}” stands in the template: take it from the element's messages." },
  },
  create(context) {
    return {
      TaggedTemplateExpression(/** @type {any} */ node) {
        if (node.tag.type !== "Identifier" || node.tag.name !== "html") return;
        const markup = node.quasi.quasis
          .map((/** @type {any} */ part) => part.value.cooked ?? part.value.raw)
          .join(BINDING)
          .replaceAll(/<!--[\s\S]*?-->/g, "")
          .replaceAll(/<(style|script|svg)\b[\s\S]*?<\/\1>/g, "");
        const spoken = [...markup.matchAll(SPOKEN_ATTRIBUTE)].map((match) => match[2] ?? match[3]);
        const between = markup
          .replaceAll(/<\/?[a-zA-Z](?:"[^"]*"|'[^']*'|[^>"'])*>/g, BINDING)
          .split(BINDING);
        for (const text of [...spoken, ...between]) {
          const words = text.replaceAll(/&[#\w]+;/g, "").trim();
          if (/\p{L}/u.test(words)) context.report({ node, messageId: "text", data: { text: words } });
        }
      },
    };
  },
};
