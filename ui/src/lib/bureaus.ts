import type { BureauCode } from "../host/bindings";

/** The three, in the order and with the digit that the whole window uses for them. */
export const BUREAUS = [
  { code: "equifax", name: "Equifax", short: "EQ", digit: 1 },
  { code: "experian", name: "Experian", short: "EX", digit: 2 },
  { code: "transunion", name: "TransUnion", short: "TU", digit: 3 },
] as const satisfies readonly { code: BureauCode; name: string; short: string; digit: number }[];

const NAMES: Record<BureauCode, string> = { equifax: "Equifax", experian: "Experian", transunion: "TransUnion" };

export function bureauName(code: BureauCode): string {
  return NAMES[code];
}
