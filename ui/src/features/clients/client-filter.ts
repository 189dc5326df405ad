import type { AgreementState, ClientFilter, ClientSort, SegmentRow } from "../../host/bindings";
import { plural } from "../../lib/format";

/** Narrows nothing. */
export const NO_FILTER: ClientFilter = {
  agreements: [],
  states: [],
  mailingComplete: null,
  products: [],
  undisputed: false,
  lettersWaiting: false,
  followUpDue: false,
  taskDue: false,
  noLetterDays: null,
  segment: null,
};

export const USUAL_SORT: ClientSort = { by: "name", descending: false };

export const AGREEMENT_WORDS: Record<AgreementState, string> = {
  signed: "Signed",
  cancellable: "Can still be cancelled",
  unsigned: "Not signed",
  unknown: "Unknown",
};

/** In the order of the menu. */
export const AGREEMENTS = ["signed", "cancellable", "unsigned", "unknown"] as const satisfies readonly AgreementState[];

/** What an agent has to do with a client, by the filter that finds it. */
export const WORK = [
  { id: "undisputed", label: "Items not disputed yet", title: "No letter of this desk and no dispute in the portal is about them" },
  { id: "lettersWaiting", label: "Letters waiting", title: "Prepared, and neither printed, saved nor faxed" },
  { id: "followUpDue", label: "Answer due", title: "Overdue, or due within a week" },
  { id: "taskDue", label: "Task due", title: "Overdue, or due within a week" },
] as const satisfies readonly { id: keyof ClientFilter; label: string; title: string }[];

/** How long no letter of this desk went out, in days; 0 is ever. */
export const SILENCES = [0, 30, 60, 90, 180] as const;

export function silence(days: number): string {
  return days === 0 ? "Never" : `In ${plural(days, "day")}`;
}

/** One thing that the filter asks for. */
export interface Criterion {
  id: string;
  /** As it stands on its chip. */
  label: string;
  /** The filter without it. */
  without: ClientFilter;
}

/** Everything that the filter asks for, one by one, each with the filter that is left without it. */
export function criteria(filter: ClientFilter, segments: readonly SegmentRow[]): Criterion[] {
  const { agreements, states, products, mailingComplete, noLetterDays, segment } = filter;
  const inSegment = segments.find(({ id }) => id === segment)?.name;
  return [
    ...agreements.map((state) => ({
      id: `agreement-${state}`,
      label: `Agreement: ${AGREEMENT_WORDS[state].toLowerCase()}`,
      without: { ...filter, agreements: agreements.filter((one) => one !== state) },
    })),
    ...(mailingComplete === null
      ? []
      : [{ id: "mailing", label: `Mailing address: ${mailingComplete ? "complete" : "incomplete"}`, without: { ...filter, mailingComplete: null } }]),
    ...states.map((state) => ({ id: `state-${state}`, label: `State: ${state}`, without: { ...filter, states: states.filter((one) => one !== state) } })),
    ...products.map((product) => ({
      id: `product-${product}`,
      label: `Product: ${product}`,
      without: { ...filter, products: products.filter((one) => one !== product) },
    })),
    ...WORK.filter(({ id }) => filter[id]).map(({ id, label }) => ({ id, label, without: { ...filter, [id]: false } })),
    ...(noLetterDays === null
      ? []
      : [
          {
            id: "silence",
            label: noLetterDays === 0 ? "Never a letter from this desk" : `No letter from this desk in ${plural(noLetterDays, "day")}`,
            without: { ...filter, noLetterDays: null },
          },
        ]),
    ...(segment === null
      ? []
      : [
          {
            id: "segment",
            label: inSegment === undefined ? "Segment of the portal" : `Segment: ${inSegment}`,
            without: { ...filter, segment: null },
          },
        ]),
  ];
}

export function narrows(filter: ClientFilter): boolean {
  return criteria(filter, []).length > 0;
}

/** Whether both find the same, however their values are ordered. */
export function sameFilter(one: ClientFilter, other: ClientFilter): boolean {
  return keyOf(one) === keyOf(other);
}

export function sameSort(one: ClientSort, other: ClientSort): boolean {
  return one.by === other.by && one.descending === other.descending;
}

function keyOf({ agreements, states, products, ...rest }: ClientFilter): string {
  const { mailingComplete, undisputed, lettersWaiting, followUpDue, taskDue, noLetterDays, segment } = rest;
  return JSON.stringify([
    agreements.toSorted(),
    states.toSorted(),
    products.toSorted(),
    mailingComplete,
    undisputed,
    lettersWaiting,
    followUpDue,
    taskDue,
    noLetterDays,
    segment,
  ]);
}
