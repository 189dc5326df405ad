import type { LetterRow, PrinterRow } from "../../host/bindings";

/** The picked printer while it is there, else the usual one, else the first that is ready. */
export function usual(printers: readonly PrinterRow[], picked: string | null): PrinterRow | undefined {
  return (
    printers.find(({ name }) => name === picked) ??
    printers.find(({ isDefault }) => isDefault) ??
    printers.find(({ ready }) => ready) ??
    printers[0]
  );
}

/** Sheets of one copy; every letter begins on a new one. */
export function sheetsOf(letters: readonly Pick<LetterRow, "pages">[], duplex: boolean): number {
  return letters.reduce((sum, { pages }) => sum + (duplex ? Math.ceil(pages / 2) : pages), 0);
}
