import { ariaKeys } from "../lib/shortcuts";
import { useFocusOnLines } from "../lib/use-focus-back";
import { useShortcuts } from "../lib/use-shortcuts";

const LINE = "[data-record]";
/** What begins a record of the list. */
const BEGIN = `main [aria-keyshortcuts="${ariaKeys("recordAdd")}"]`;

interface RecordKeys {
  onAdd?: () => void;
  /** What is edited where the line offers nothing to edit. */
  onChange?: (() => void) | undefined;
  onUndo?: () => void;
}

/**
 * The keys of a list of records. The line that has the focus, or whose control has it, is the one that E, O, V, S, X,
 * G, P, Z, Shift+K and Delete are about: they press its control of that name, so that a key does nothing that the line does not offer. A
 * line that goes leaves the focus to the next.
 */
export function useRecordKeys({ onAdd, onChange, onUndo }: RecordKeys): void {
  useFocusOnLines(LINE, BEGIN);
  useShortcuts({
    recordDown: () => move(1),
    recordUp: () => move(-1),
    recordChange: () => press("change") || onChange?.(),
    recordRemove: () => void press("remove"),
    recordOpen: () => void press("open"),
    recordFile: () => void press("file"),
    recordOutcome: () => void press("outcome"),
    recordExtend: () => void press("extend"),
    recordClient: () => void press("client"),
    recordKeep: () => void press("keep"),
    recordPause: () => void press("pause"),
    recordTakeBack: () => void press("takeback"),
    ...(onAdd ? { recordAdd: onAdd } : {}),
    ...(onUndo ? { recordUndo: onUndo } : {}),
  });
}

function current(): Element | null {
  return document.activeElement?.closest(LINE) ?? null;
}

function move(by: number): void {
  const lines = [...document.querySelectorAll<HTMLElement>(LINE)];
  const at = lines.findIndex((line) => line === current());
  lines[at < 0 ? 0 : Math.max(0, Math.min(lines.length - 1, at + by))]?.focus();
}

/** Presses a control of the line; answers whether it has one. */
function press(action: string): boolean {
  const control = current()?.querySelector<HTMLElement>(`[data-action="${action}"]:not(:disabled)`);
  control?.click();
  return control !== null && control !== undefined;
}
