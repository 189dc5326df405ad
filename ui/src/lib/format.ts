import type { PostalLines } from "../host/bindings";

const COUNT = new Intl.NumberFormat("en-US");
const INSTANT = new Intl.DateTimeFormat("en-US", {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "numeric",
  minute: "2-digit",
});
const TIME = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-US", { year: "numeric", month: "2-digit", day: "2-digit" });

/** 12,345 */
export function count(value: number): string {
  return COUNT.format(value);
}

/** "1 letter", "3 letters", "2 counties" by a given plural. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A calendar date, `2024-03-05` -> `03/05/2024`. It has no time zone, so none is applied. */
export function date(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split("-");
  return year && month && day ? `${month}/${day}/${year}` : iso;
}

/** The local calendar day of an instant. */
export function instantDay(rfc3339: string): string {
  return DAY.format(new Date(rfc3339));
}

/** The local day and time of an instant: `03/05/2024, 2:07 PM`. */
export function instant(rfc3339: string): string {
  return INSTANT.format(new Date(rfc3339));
}

/** The local time of an instant, with its day unless that is today: `2:07 PM`, `03/05/2024, 2:07 PM`. */
export function clock(rfc3339: string, now: number): string {
  return instantDay(rfc3339) === DAY.format(now) ? TIME.format(new Date(rfc3339)) : instant(rfc3339);
}

/** A phone number of the United States as it is said, `(305) 555-0142`; any other as it is kept. */
export function phone(kept: string): string {
  const digits = kept.replace(/^\+?1(?=\d{10}$)/, "");
  return /^\d{10}$/.test(digits) ? `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}` : kept;
}

/** "just now", "2 min ago", "3 h ago", then the day. */
export function ago(rfc3339: string, now: number): string {
  const minutes = Math.floor((now - new Date(rfc3339).getTime()) / 60_000);
  if (minutes < 1) {
    return "just now";
  }
  if (minutes < 60) {
    return `${minutes} min ago`;
  }
  if (minutes < 24 * 60) {
    return `${Math.floor(minutes / 60)} h ago`;
  }
  return instantDay(rfc3339);
}

/** "Miami, FL 33101", with what is missing left out. */
export function cityLine(address: Pick<PostalLines, "city" | "state"> & { zip?: string }): string {
  const place = [address.city, address.state].filter(Boolean).join(", ");
  return [place, address.zip].filter(Boolean).join(" ");
}

/** An address on one line; empty when there is none. */
export function addressLine(address: PostalLines): string {
  return [address.street, cityLine(address)].filter(Boolean).join(", ");
}

/** A file's size as a file manager says it: `840 KB`, `2.7 MB`. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) {
    return plural(bytes, "byte");
  }
  const [size, unit] = bytes < 999_500 ? [bytes / 1000, "KB"] : [bytes / 1_000_000, "MB"];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}

/** `negative_items` -> `Negative items`; the server's codes made readable. */
export function words(code: string): string {
  const text = code.replaceAll("_", " ").trim().toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "Equifax, Experian and TransUnion" */
export function listed(names: readonly string[]): string {
  const last = names.at(-1);
  return names.length < 2 ? (last ?? "") : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** "the desk ended" -> "The desk ended." */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") {
    return "";
  }
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
