import type { OutcomeCode, ReviewChannelCode } from "../host/bindings";

/** What became of a disputed item, in the words of the trade. */
export const OUTCOMES = [
  { code: "deleted", name: "Deleted", tone: "good" },
  { code: "updated", name: "Updated", tone: "good" },
  { code: "verified", name: "Verified", tone: "warn" },
  { code: "frivolous", name: "Frivolous", tone: "warn" },
  { code: "no_response", name: "No response", tone: "warn" },
  { code: "reinserted", name: "Reinserted", tone: "bad" },
] as const satisfies readonly { code: OutcomeCode; name: string; tone: string }[];

export function outcomeOf(code: OutcomeCode): (typeof OUTCOMES)[number] {
  return OUTCOMES.find((one) => one.code === code) ?? OUTCOMES[0];
}

/** How a client reviewed letters. */
export const REVIEW_CHANNELS = [
  { code: "phone", name: "On the phone", by: "by phone" },
  { code: "email", name: "By e-mail", by: "by e-mail" },
  { code: "in_person", name: "In person", by: "in person" },
  { code: "portal", name: "In the customer portal", by: "in the portal" },
] as const satisfies readonly { code: ReviewChannelCode; name: string; by: string }[];

export function reviewBy(code: ReviewChannelCode): string {
  return REVIEW_CHANNELS.find((one) => one.code === code)?.by ?? "";
}
