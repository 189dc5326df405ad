import type { KbaProviderCode } from "../host/bindings";

/** Who can prove a client's identity, in the order in which they are offered. */
export const PROVIDERS: readonly { value: KbaProviderCode; label: string; short: string }[] = [
  { value: "array_equifax", label: "Equifax, through Array", short: "Equifax" },
  { value: "array_experian", label: "Experian, through Array", short: "Experian" },
  { value: "array_transunion", label: "TransUnion, through Array", short: "TransUnion" },
  { value: "spin_wheel", label: "Spinwheel", short: "Spinwheel" },
  { value: "id_iq", label: "IDIQ", short: "IDIQ" },
];

/** The provider in a word; nothing for one that this build does not know. */
export function providerShort(code: KbaProviderCode | null): string {
  return PROVIDERS.find(({ value }) => value === code)?.short ?? "";
}
