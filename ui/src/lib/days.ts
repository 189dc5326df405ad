import { plural } from "./format";

/** Today where the agent is, as an ISO date. */
export function todayIso(now = new Date()): string {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** A day as an American types it, `3/5/2026` or `03/05/26`, as an ISO date; `null` when it is no day of the calendar. */
export function parseDay(text: string): string | null {
  const [, month = "", day = "", year = ""] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\s*$/.exec(text) ?? [];
  const whole = [Number(year.length === 2 ? `20${year}` : year), Number(month), Number(day)] as const;
  const made = new Date(Date.UTC(whole[0], whole[1] - 1, whole[2]));
  const same = made.getUTCFullYear() === whole[0] && made.getUTCMonth() === whole[1] - 1 && made.getUTCDate() === whole[2];
  return text.trim() !== "" && whole[0] >= 1900 && same ? made.toISOString().slice(0, 10) : null;
}

/** "3 days left", "due today", "2 days overdue" */
export function daysLeftWords(days: number): string {
  if (days === 0) {
    return "Due today";
  }
  return days > 0 ? `${plural(days, "day")} left` : `${plural(-days, "day")} overdue`;
}
