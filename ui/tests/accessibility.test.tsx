import { act, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { NEVER_SYNCED, RESET_CODE, SIGNED_OUT } from "../src/host/fake-host";
import { fakeRow, sampleRows } from "../src/host/fake/outbox";
import { DOUBLE_WINDOW } from "../src/host/fake/settings";
import { complaints } from "./complaints";
import { CLIENT, type Desk, atClient, fillIn, items, openDesk, prepareThree } from "./desk";

interface Screen {
  name: string;
  options?: Parameters<typeof openDesk>[0];
  reach: (desk: Desk) => Promise<unknown>;
}

const WITH_MICROSOFT = { session: SIGNED_OUT, signIn: { portal: "https://portal.example.com/api", azure: true }, browser: "stays" } as const;

/** Asks for the mail with the code, and waits for the page that takes it. */
async function forget(desk: Desk): Promise<void> {
  await fillIn(desk, { email: "dana@example.com", "api-key": "key-1" });
  await desk.user.click(screen.getByTestId("forgot-password"));
  await desk.user.click(await screen.findByTestId("send-code"));
  await screen.findByTestId("mailed");
}

const SCREENS: readonly Screen[] = [
  { name: "everyone's tasks", options: { at: "#/tasks", day: true }, reach: () => screen.findAllByTestId("all-tasks-row") },
  {
    name: "goals, one of them waiting",
    options: { at: `${atClient(CLIENT.whole)}/overview`, day: true },
    reach: async ({ user }) => {
      await screen.findAllByTestId("goal-row");
      await user.keyboard("a");
      await screen.findByTestId("goal-picker");
      await user.keyboard("start{Enter}");
      await screen.findByTestId("outbox-mark");
    },
  },
  { name: "sign-in", options: { session: SIGNED_OUT }, reach: () => screen.findByTestId("sign-in-button") },
  {
    name: "passphrase",
    options: { session: SIGNED_OUT, keychain: false },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("practice-button"));
      await screen.findByTestId("passphrase");
    },
  },
  {
    name: "sign-in with Microsoft",
    options: WITH_MICROSOFT,
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("microsoft-button"));
      await screen.findByText("Enter the company's API key.");
    },
  },
  {
    name: "waiting for the browser",
    options: WITH_MICROSOFT,
    reach: async (desk) => {
      await fillIn(desk, { "api-key": "key-1" });
      await desk.user.click(screen.getByTestId("microsoft-button"));
      await screen.findByTestId("browser-wait");
    },
  },
  {
    name: "forgotten password",
    options: WITH_MICROSOFT,
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("forgot-password"));
      await user.click(await screen.findByTestId("send-code"));
      await screen.findByText("Enter the e-mail of your portal account.");
    },
  },
  { name: "new password", options: WITH_MICROSOFT, reach: forget },
  {
    name: "new password, refused",
    options: WITH_MICROSOFT,
    reach: async (desk) => {
      await forget(desk);
      await fillIn(desk, { "reset-code": "another", "new-password": "short{Enter}" });
      await screen.findByText("This code is not valid, or no longer.");
    },
  },
  {
    name: "password changed",
    options: WITH_MICROSOFT,
    reach: async (desk) => {
      await forget(desk);
      await fillIn(desk, { "reset-code": RESET_CODE, "new-password": "long enough{Enter}" });
      await screen.findByTestId("password-changed");
    },
  },
  {
    name: "unlock",
    options: { session: { ...SIGNED_OUT, stage: "locked" } },
    reach: () => screen.findByTestId("unlock-button"),
  },
  {
    name: "blocked",
    options: { session: { ...SIGNED_OUT, stage: "blocked", problem: { code: "cache_damaged", message: "Damaged." } } },
    reach: ({ user }) => screen.findByTestId("set-aside").then((button) => user.click(button)),
  },
  {
    name: "a credit report as a document",
    options: { at: `${atClient(CLIENT.whole)}/reports` },
    reach: () => screen.findAllByTestId("report-entry"),
  },
  {
    name: "three bureaus side by side",
    options: { at: `${atClient(CLIENT.whole)}/reports` },
    reach: async ({ user }) => {
      await screen.findAllByTestId("report-entry");
      await user.keyboard("s");
      await screen.findAllByTestId("beside-entry");
    },
  },
  {
    name: "the difference of two reports",
    options: { at: `${atClient(CLIENT.whole)}/reports` },
    reach: async ({ user }) => {
      await screen.findAllByTestId("report-entry");
      await user.keyboard("{Shift>}D{/Shift}");
      await screen.findAllByTestId("changed-entry");
    },
  },
  {
    name: "a client's tasks, offline",
    options: { at: `${atClient(CLIENT.whole)}/tasks`, day: true, pull: "stays", sync: { online: false } },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("filter-all"));
      await screen.findAllByTestId("task-item");
    },
  },
  {
    name: "agreements and products",
    options: { at: `${atClient(CLIENT.whole)}/agreements` },
    reach: async () => {
      await screen.findAllByTestId("agreement-row");
      await screen.findAllByTestId("product-row");
    },
  },
  {
    name: "outbox",
    options: { at: "#/outbox", outbox: sampleRows(new Date()), paused: "away" },
    reach: () => screen.findAllByTestId("outbox-row"),
  },
  {
    name: "first pull",
    options: {
      pull: "stays",
      sync: { ...NEVER_SYNCED, running: true, resources: [{ resource: "clients", state: "running", done: 0, total: 40 }] },
    },
    reach: () => screen.findByText("0 of 40"),
  },
  { name: "clients, in practice", options: { session: { realm: "practice" } }, reach: () => screen.findAllByTestId("client-row") },
  {
    name: "no client found",
    reach: async ({ user }) => {
      await screen.findAllByTestId("client-row");
      await user.keyboard("zzz");
      await screen.findByText("No client matches");
    },
  },
  {
    name: "outbox, paused",
    options: { at: "#/outbox", paused: "agent", outbox: [fakeRow({ id: "paused", paused: true }), fakeRow({ id: "behind", behind: true })] },
    reach: ({ user }) => screen.findByText("Waits for a paused row: Fax to Equifax Information Services LLC.").then((line) => user.click(line)),
  },
  {
    name: "settings, files set aside",
    options: {
      at: "#/settings",
      asides: [{ id: "one", at: "2026-03-02T15:04:00Z", unsent: 2, unreadable: 1, lostChanges: true, problem: null }],
    },
    reach: () => screen.findByTestId("aside-bring"),
  },
  {
    name: "client and letter desk",
    options: { at: atClient(CLIENT.unsigned) },
    reach: async ({ user }) => {
      await items();
      await user.keyboard("j j 1");
      await user.click(await screen.findByTestId("override-button"));
      const [suggestion] = await screen.findAllByTestId("furnisher-suggestion");
      await user.click(suggestion ?? document.body);
      await user.click(screen.getByTestId("furnisher-address"));
    },
  },
  {
    name: "letters being saved",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ host, user }) => {
      await prepareThree(user);
      host.hold("letter_save");
      await user.click(screen.getByTestId("save-letters"));
      act(() => host.emit({ type: "letters", body: { done: 1, total: 3 } }));
      await screen.findByTestId("letters-work");
    },
  },
  {
    name: "a client's letters",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ user }) => {
      await prepareThree(user);
      await screen.findAllByTestId("pdf-page");
      await user.keyboard("e");
    },
  },
  {
    name: "how the clients are sorted",
    reach: async ({ user }) => {
      await screen.findAllByTestId("client-row");
      await user.click(screen.getByTestId("sort-menu"));
      await screen.findByTestId("sort-choices");
    },
  },
  { name: "today", options: { at: "", day: true, outbox: sampleRows(new Date()) }, reach: () => screen.findAllByTestId("today-due") },
  { name: "today, nothing waits", options: { at: "" }, reach: () => screen.findByText("Nothing waits for you") },
  { name: "print runs", options: { at: "#/runs", day: true }, reach: () => screen.findAllByTestId("manifest-row") },
  { name: "the gate's rules", options: { at: "#/gate" }, reach: () => screen.findAllByTestId("gate-rule") },
  {
    name: "follow-ups, the day of receipt being set",
    options: { at: "#/follow-ups", day: true },
    reach: async ({ user }) => {
      const [set] = await screen.findAllByTestId("set-received");
      await user.click(set ?? document.body);
      await screen.findByTestId("received-day");
    },
  },
  {
    name: "several items being excluded",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ user }) => {
      await items();
      await user.keyboard("j j {Shift>}X{/Shift}");
      await screen.findByTestId("exclude-items");
    },
  },
  {
    name: "notes, one edited and one removed",
    options: { at: `${atClient(CLIENT.whole)}/notes` },
    reach: async ({ user }) => {
      await screen.findAllByTestId("note-row");
      await user.keyboard("jj{Delete}");
      await screen.findByText("Removal waiting");
      await user.keyboard("je");
      await screen.findByTestId("note-edit");
    },
  },
  {
    name: "files held over a client",
    options: { at: `${atClient(CLIENT.whole)}/documents` },
    reach: async ({ host }) => {
      await screen.findAllByTestId("document-row");
      act(() => host.emit({ type: "files_over", body: true }));
      await screen.findByTestId("drop-area");
    },
  },
  {
    name: "correspondence in full, offline",
    options: { at: `${atClient(CLIENT.whole)}/correspondence`, pull: "stays", sync: { online: false } },
    reach: async ({ user }) => {
      await screen.findAllByTestId("piece-row");
      await user.keyboard("jo");
      await screen.findByTestId("piece-detail");
    },
  },
  {
    name: "other files of a client, one of them leaving",
    options: { at: `${atClient(CLIENT.whole)}/documents` },
    reach: async ({ user }) => {
      await user.click(await screen.findByRole("button", { name: "Remove Police report from the client" }));
      await screen.findByText("Removal waiting");
    },
  },
  { name: "letters, none yet", options: { at: "#/letters" }, reach: () => screen.findByText("No letters yet") },
  {
    name: "settings",
    options: { at: "#/settings" },
    reach: async () => {
      await screen.findByText("Settings file");
      await screen.findAllByTestId("printer-row");
    },
  },
  {
    name: "settings, offline, two windows, no printer",
    options: { at: "#/settings", pull: "stays", sync: { online: false }, printers: [], settings: { letters: DOUBLE_WINDOW }, session: { realm: "practice", guard: "passphrase" } },
    reach: async () => {
      await screen.findByText("Sender's window");
      await screen.findByTestId("no-printer");
    },
  },
  { name: "help", options: { at: "#/help" }, reach: () => screen.findByText("From a client to printed letters") },
];

async function holds(scheme: string, { options, reach }: Screen): Promise<void> {
  localStorage.setItem("mantine-color-scheme-value", scheme);
  const desk = openDesk(options);
  await reach(desk);
  expect(document.documentElement.dataset["mantineColorScheme"]).toBe(scheme);
  expect(await complaints()).toEqual([]);
}

it.each(SCREENS)("has nothing to complain of: $name", (one) => holds("light", one));

/** Without colours, the dark scheme is another only where it is chosen. */
it.each(SCREENS.filter(({ name }) => ["sign-in", "today", "settings"].includes(name)))("has nothing to complain of in the dark: $name", (one) => holds("dark", one));
