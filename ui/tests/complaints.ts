import axe from "axe-core";

/** Controls that are no action of the desk: parts of a field, and what the arrows of a menu or a list go to. */
const PARTS = [
  "[role=menu] *",
  "[role=listbox] *",
  "[role=combobox]",
  ".mantine-CloseButton-root",
  ".mantine-PasswordInput-visibilityToggle",
  // The editor has the keys that such editors have.
  "[data-rich-text-editor-control]",
].join(", ");

/** What axe says against what is shown, and the actions that no key does. Colours need a drawing engine: `theme.test.ts` holds their
 * contrast, and the real window is checked end to end. */
export async function complaints(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  const accused = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  const keyless = [...document.querySelectorAll("button")].filter((button) => !button.matches(PARTS) && !button.closest("[aria-hidden=true]") && !button.hasAttribute("aria-keyshortcuts"));
  return [...accused, ...keyless.map((button) => `no key: ${button.outerHTML.replace(/ class="[^"]*"| style="[^"]*"/g, "").slice(0, 160)}`)];
}
