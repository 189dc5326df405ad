import { expect, it } from "vitest";
import { addressLine, ago, cityLine, count, date, fileSize, listed, phone, plural, words } from "./format";

it("writes dates as a US office does, whatever the time zone", () => {
  expect(date("2024-03-05")).toBe("03/05/2024");
  expect(date("2024-01-01")).toBe("01/01/2024");
});

it("leaves a date that it cannot read as it came", () => {
  expect(date("unknown")).toBe("unknown");
});

it("groups thousands and agrees in number", () => {
  expect(count(100_000)).toBe("100,000");
  expect(plural(1, "letter")).toBe("1 letter");
  expect(plural(0, "letter")).toBe("0 letters");
  expect(plural(2, "letter was", "letters were")).toBe("2 letters were");
});

it("says a file's size as a file manager does", () => {
  expect(fileSize(1)).toBe("1 byte");
  expect(fileSize(999)).toBe("999 bytes");
  expect(fileSize(1_500)).toBe("1.5 KB");
  expect(fileSize(842_100)).toBe("842 KB");
  expect(fileSize(999_600)).toBe("1.0 MB");
  expect(fileSize(52_400_000)).toBe("52 MB");
});

it("says a phone number as a US office does, and any other as it is kept", () => {
  expect(phone("3055550142")).toBe("(305) 555-0142");
  expect(phone("+13055550142")).toBe("(305) 555-0142");
  expect(phone("+52 55 1234 5678")).toBe("+52 55 1234 5678");
  expect(phone("")).toBe("");
});

it("tells how long ago something was, up to a day", () => {
  const now = Date.parse("2024-03-05T12:00:00Z");
  expect(ago("2024-03-05T11:59:40Z", now)).toBe("just now");
  expect(ago("2024-03-05T11:58:00Z", now)).toBe("2 min ago");
  expect(ago("2024-03-05T09:30:00Z", now)).toBe("2 h ago");
  expect(ago("2024-03-03T12:00:00Z", now)).toBe("03/03/2024");
});

it("leaves out the parts of an address that are missing", () => {
  expect(cityLine({ city: "Miami", state: "FL", zip: "33101" })).toBe("Miami, FL 33101");
  expect(cityLine({ city: "", state: "FL" })).toBe("FL");
  expect(addressLine({ street: "", city: "", state: "", zip: "" })).toBe("");
});

it("reads codes and lists as words", () => {
  expect(words("negative_items")).toBe("Negative items");
  expect(listed(["Equifax"])).toBe("Equifax");
  expect(listed(["Equifax", "Experian", "TransUnion"])).toBe("Equifax, Experian and TransUnion");
  expect(listed([])).toBe("");
});
