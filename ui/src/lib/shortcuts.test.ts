import { expect, it } from "vitest";
import { SHORTCUTS, SHORTCUT_IDS, ariaKeys, isShortcut } from "./shortcuts";

function key(name: string, modifiers: Partial<Record<"ctrlKey" | "shiftKey" | "altKey" | "metaKey", boolean>> = {}) {
  return new KeyboardEvent("keydown", { key: name, ...modifiers });
}

it("tells a letter from the same letter with Shift or Ctrl", () => {
  expect(isShortcut(key("r"), "reason")).toBe(true);
  expect(isShortcut(key("R", { shiftKey: true }), "reason")).toBe(false);
  expect(isShortcut(key("R", { shiftKey: true }), "reasonAll")).toBe(true);
  expect(isShortcut(key("r", { ctrlKey: true }), "reason")).toBe(false);
  expect(isShortcut(key("s", { ctrlKey: true }), "save")).toBe(true);
  expect(isShortcut(key("S", { ctrlKey: true, shiftKey: true }), "save")).toBe(false);
  expect(isShortcut(key("S", { ctrlKey: true, shiftKey: true }), "saveSeparate")).toBe(true);
});

it("takes a character however a keyboard types it", () => {
  expect(isShortcut(key("?", { shiftKey: true }), "sheet")).toBe(true);
  expect(isShortcut(key("?"), "sheet")).toBe(true);
  expect(isShortcut(key("="), "zoomIn")).toBe(true);
  expect(isShortcut(key("+", { shiftKey: true }), "zoomIn")).toBe(true);
  expect(isShortcut(key(" "), "itemChoose")).toBe(true);
});

it("gives no two actions of one place the same keys", () => {
  // A client's tabs open from every page of the client.
  const tab = (id: string) => /^client[A-Z]/.test(id);
  for (const place of ["Dialogs", "Today", "Clients", "Client", "Letters", "Pages", "Reports", "Records", "Print runs", "Outbox"] as const) {
    const ofClient = ["Letters", "Reports", "Records"].includes(place);
    const ids = SHORTCUT_IDS.filter((id) => SHORTCUTS[id].where === place || (SHORTCUTS[id].where === "Everywhere" && place !== "Dialogs") || (ofClient && tab(id)));
    const keys = ids.flatMap((id) => SHORTCUTS[id].keys);
    expect(keys.filter((one, index) => keys.indexOf(one) !== index)).toEqual([]);
  }
});

it("keeps the keys of letters free of those that turn their pages", () => {
  const letters = new Set(SHORTCUT_IDS.filter((id) => SHORTCUTS[id].where === "Letters").flatMap((id): readonly string[] => SHORTCUTS[id].keys));
  const turning = (["pageNext", "pagePrevious", "zoomIn", "zoomOut", "zoomFit"] as const).flatMap((id): readonly string[] => SHORTCUTS[id].keys);
  expect(turning.filter((one) => letters.has(one))).toEqual([]);
});

it("writes keys as a screen reader wants them", () => {
  expect(ariaKeys("palette")).toBe("Control+K");
  expect(ariaKeys("saveSeparate")).toBe("Control+Shift+S");
  expect(ariaKeys("itemDown")).toBe("J ArrowDown");
  expect(ariaKeys("zoomIn")).toBe("Plus");
});
