import type { LettersView, Session, SettingsView } from "../bindings";

/** The common #10 envelope with one window, as the desk reckons it. */
const SINGLE_WINDOW: LettersView = {
  envelope: {
    kind: "single",
    width: 9.5,
    height: 4.125,
    windows: [
      {
        left: 0.875,
        bottom: 0.5,
        width: 4.5,
        height: 1.125,
        alwaysShows: { x: 1, y: 2.625, width: 3.25, height: 0.416_666_7 },
        canShow: { x: 0, y: 2.041_666_7, width: 5.375, height: 1.583_333_3 },
      },
    ],
    firstFold: 3.666_666_7,
    secondFold: 7.333_333_3,
  },
  foldMarks: true,
  company: { name: "Clear Credit LLC", address: "1 Main Street, Boise, ID 83702", phone: "(208) 555-0100", fax: "" },
};

/** Two windows; nothing else is set. */
export const DOUBLE_WINDOW: LettersView = {
  envelope: {
    kind: "double",
    width: 9.5,
    height: 4.125,
    windows: [
      {
        left: 0.5,
        bottom: 0.625,
        width: 4,
        height: 1,
        alwaysShows: { x: 0.625, y: 2.625, width: 2.75, height: 0.625 },
        canShow: { x: 0, y: 2.375, width: 4.5, height: 1.125 },
      },
      {
        left: 0.5,
        bottom: 2.625,
        width: 4,
        height: 1,
        alwaysShows: { x: 0.625, y: 0.625, width: 2.75, height: 0.625 },
        canShow: { x: 0, y: 0.375, width: 4.5, height: 1.125 },
      },
    ],
    firstFold: 4,
    secondFold: 7.5,
  },
  foldMarks: false,
  company: null,
};

export const NO_WINDOW: LettersView = {
  envelope: { kind: "none", width: null, height: null, windows: [], firstFold: 3.666_666_7, secondFold: 7.333_333_3 },
  foldMarks: false,
  company: null,
};

/** What is in force on a made-up desk whose cache has so many clients. */
export function fakeSettings(session: Session, clients: number): SettingsView {
  const kinds: [string, number][] = [
    ["bureau_addresses", 3],
    ["furnishers", 48],
    ["templates", 21],
    ["snippets", 6],
    ["reasons", 34],
    ["clients", clients],
    ["negative_items", clients * 9],
    ["notes", clients * 2],
    ["correspondences", clients * 3],
    ["client_details", clients],
  ];
  return {
    portal: session.realm === "practice" ? null : `https://${session.portal ?? "portal.example.com"}/api`,
    realm: session.realm ?? "portal",
    agent: session.agent ?? "Agent",
    email: "dana@example.com",
    guard: session.guard ?? "keychain",
    cache: {
      bytes: 2_400_000 + clients * 61_000,
      kinds: kinds.map(([resource, records]) => ({ resource, records, whole: true })),
      parked: 0,
    },
    versions: { desk: session.version, sqlite: "3.50.4", letters: "letters 2" },
    letters: SINGLE_WINDOW,
    limits: { concurrent: 6, perMinute: null, quietSeconds: 180 },
    file: { path: "/home/dana/.local/share/dispute-desk/settings.toml", found: true },
  };
}
