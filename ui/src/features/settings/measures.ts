const INCHES = new Intl.NumberFormat("en-US", { maximumFractionDigits: 3 });

/** `4.125 in`; a third of a sheet is `3.667 in`. */
export function inches(value: number): string {
  return `${INCHES.format(value)} in`;
}
