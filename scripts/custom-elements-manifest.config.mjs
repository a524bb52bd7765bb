// `npm run manifest`: what the elements' sources say about tags, properties, events, slots, parts and custom
// properties, as build/custom-elements.json. Storybook's docs pages are made from it.
const SOURCES = "packages/elements/src";

export default {
  globs: [`${SOURCES}/elements/*/*.ts`, `${SOURCES}/internal/base-element.ts`],
  exclude: ["**/*.stories.ts", "**/*.css.ts", "**/*.messages.ts"],
  outdir: "build",
  litelement: true,
  packagejson: false,
  plugins: [{ name: "tags", packageLinkPhase: nameTags }],
};

/**
 * Names the tags, which the analyzer cannot know: `safeDefine` puts a prefix before them. Keeps the elements alone,
 * without what they have inside.
 *
 * @param {{ customElementsManifest: { modules: any[] } }} phase
 */
function nameTags({ customElementsManifest: manifest }) {
  manifest.modules = manifest.modules.filter((module) => {
    const [, name] = /\/elements\/([\w-]+)\/\1\.ts$/.exec(module.path) ?? [];
    module.declarations = module.declarations?.filter((/** @type {any} */ one) => one.kind === "class") ?? [];
    for (const element of module.declarations) {
      Object.assign(element, { customElement: true, tagName: `welby-${name}` });
      element.members = element.members?.filter(isPublic);
      // Found beside the documented ones: names without their prefix, from where they are fired.
      element.events = element.events?.filter((/** @type {any} */ event) =>
        /^(welby-|change$)/.test(event.name ?? ""),
      );
    }
    return name !== undefined;
  });
}

/** @param {any} member */
function isPublic({ privacy = "public", name, static: isStatic, description = "" }) {
  return privacy === "public" && !isStatic && !name.startsWith("#") && !description.includes("@internal");
}
