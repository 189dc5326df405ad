import type { Tone } from "../../components/tag";
import type { FollowUpRow } from "../../host/bindings";

export type FollowUpView = "open" | "overdue" | "all";

export const FOLLOW_UP_VIEWS: readonly { id: FollowUpView; label: string }[] = [
  { id: "open", label: "Awaited" },
  { id: "overdue", label: "Overdue" },
  { id: "all", label: "All" },
];

export function inView(row: FollowUpRow, view: FollowUpView): boolean {
  return view === "all" || (row.open && (view === "open" || row.daysLeft < 0));
}

/** How near an answer's last day is. */
export function urgency({ open, daysLeft }: FollowUpRow): Tone {
  if (!open) {
    return "good";
  }
  return daysLeft < 0 ? "bad" : daysLeft <= 7 ? "warn" : "neutral";
}
