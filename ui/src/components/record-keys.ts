import { useShortcuts } from "../lib/use-shortcuts";

interface RecordKeys {
  onAdd?: () => void;
  onUndo?: () => void;
}

/**
 * The keys of a list of records. The line that has the focus, or whose control has it, is the one that E, O, V, S, P
 * and Delete are about: they press its control of that name, so that a key does nothing that the line does not offer.
 */
export function useRecordKeys({ onAdd, onUndo }: RecordKeys): void {
  useShortcuts({
    recordDown: () => move(1),
    recordUp: () => move(-1),
    recordChange: () => press("change"),
    recordRemove: () => press("remove"),
    recordOpen: () => press("open"),
    recordFile: () => press("file"),
    recordOutcome: () => press("outcome"),
    recordPause: () => press("pause"),
    ...(onAdd ? { recordAdd: onAdd } : {}),
    ...(onUndo ? { recordUndo: onUndo } : {}),
  });
}

function current(): Element | null {
  return document.activeElement?.closest("[data-record]") ?? null;
}

function move(by: number): void {
  const lines = [...document.querySelectorAll<HTMLElement>("[data-record]")];
  const at = lines.findIndex((line) => line === current());
  lines[at < 0 ? 0 : Math.max(0, Math.min(lines.length - 1, at + by))]?.focus();
}

function press(action: string): void {
  current()?.querySelector<HTMLElement>(`[data-action="${action}"]:not(:disabled)`)?.click();
}
