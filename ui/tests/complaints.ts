import axe from "axe-core";

/** What axe says against what is shown. Colours need a drawing engine: `theme.test.ts` holds their contrast, and the real window is checked end to end. */
export async function complaints(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
