import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { act, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { SIGNED_OUT } from "../src/host/fake-host";
import { sampleRows } from "../src/host/fake/outbox";
import { fakeFile } from "../src/host/fake/records";
import { complaints } from "./complaints";
import { CLIENT, type Desk, atClient, items, openDesk, prepareThree } from "./desk";

const SRC = path.resolve(import.meta.dirname, "../src");
const SCHEME = "mantine-color-scheme-value";

interface Screen {
  name: string;
  /** The test id of what is open. */
  dialog: string;
  options?: Parameters<typeof openDesk>[0];
  reach: (desk: Desk) => Promise<unknown>;
}

const WITH_MICROSOFT = { session: SIGNED_OUT, signIn: { portal: "https://portal.example.com/api", azure: true }, browser: "stays" } as const;

const SCREENS: readonly Screen[] = [
  {
    name: "sign in again",
    dialog: "sign-in-again-dialog",
    options: { ...WITH_MICROSOFT, session: { signInNeeded: true } },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("sign-in-again"));
      await screen.findByTestId("microsoft-button");
    },
  },
  {
    name: "forgotten password, over an open desk",
    dialog: "sign-in-again-dialog",
    options: { ...WITH_MICROSOFT, session: { signInNeeded: true } },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("sign-in-again"));
      await user.click(await screen.findByTestId("forgot-password"));
      await screen.findByTestId("send-code");
    },
  },
  {
    name: "the files set aside, over an open desk",
    dialog: "start-fresh-dialog",
    reach: async ({ host, user }) => {
      await screen.findAllByTestId("client-row");
      host.fail("letter_list", { code: "cache_damaged", message: "Damaged." });
      await user.keyboard("{Control>}2{/Control}");
      await user.click(await screen.findByRole("button", { name: "Start fresh" }));
    },
  },
  {
    name: "settling an unknown outcome",
    dialog: "settle-dialog",
    options: { at: "#/outbox", outbox: sampleRows(new Date()).slice(3, 4) },
    reach: async ({ user }) => {
      await screen.findAllByTestId("outbox-row");
      await user.keyboard("s");
      await screen.findByText("What became of it?");
    },
  },
  {
    name: "fax",
    dialog: "fax-dialog",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ user }) => {
      await prepareThree(user);
      await user.keyboard("f");
      await screen.findAllByTestId("fax-number");
    },
  },
  {
    name: "fax, as it arrives",
    dialog: "fax-dialog",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ user }) => {
      await prepareThree(user);
      await user.keyboard("f");
      await screen.findAllByTestId("fax-number");
      await user.click(screen.getByTestId("fax-look"));
      await screen.findByRole("img", { name: /as it arrives/ });
    },
  },
  {
    name: "a document, opened",
    dialog: "file-viewer",
    options: { at: `${atClient(CLIENT.whole)}/documents` },
    reach: async ({ host, user }) => {
      host.putFile("7702", { size: 24_000 });
      await screen.findAllByTestId("document-row");
      await user.keyboard("jjo");
      await screen.findByTestId("picture");
      await screen.findByTestId("file-odd");
    },
  },
  {
    name: "a file on its way",
    dialog: "file-viewer",
    options: { at: `${atClient(CLIENT.whole)}/documents` },
    reach: async ({ host, user }) => {
      host.putFile("7702", { size: 0 });
      await screen.findAllByTestId("document-row");
      await user.keyboard("jjo");
      await screen.findByTestId("fetching");
      act(() => host.emit({ type: "fetch", body: { id: "7702", received: 10, total: 100 } }));
      await screen.findByRole("progressbar");
    },
  },
  {
    name: "sync in detail, offline",
    dialog: "sync-detail",
    options: { pull: "stays", sync: { online: false, parked: 3 } },
    reach: async ({ user }) => {
      await screen.findAllByTestId("client-row");
      await user.click(screen.getByTestId("sync-state"));
      await screen.findByText("3 records kept aside");
    },
  },
  {
    name: "reason picker",
    dialog: "reason-picker",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ user }) => {
      await items();
      await user.keyboard("jr");
      await screen.findAllByRole("option");
    },
  },
  {
    name: "why",
    dialog: "why-dialog",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ user }) => {
      await prepareThree(user);
      await user.keyboard("w");
      await screen.findByText("Seed of its wording");
    },
  },
  {
    name: "print",
    dialog: "print-dialog",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ user }) => {
      await prepareThree(user);
      await user.keyboard("p");
      await screen.findByTestId("print-sentence");
    },
  },
  {
    name: "printed well",
    dialog: "print-dialog",
    options: { at: "#/runs", day: true },
    reach: async ({ user }) => {
      await screen.findByTestId("run-unconfirmed");
      await user.keyboard("s");
      await screen.findByTestId("confirm-form");
    },
  },
  {
    name: "printing, some stay here",
    dialog: "print-dialog",
    options: { at: "#/letters", day: true },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("choose-all-letters"));
      await user.keyboard("p");
      await user.click(await screen.findByRole("radio", { name: /Office LaserJet/ }));
      await screen.findByTestId("print-kept");
    },
  },
  {
    name: "the clients, filtered",
    dialog: "filter-panel",
    reach: async ({ user }) => {
      await screen.findAllByTestId("client-row");
      await user.click(screen.getByTestId("filter-menu"));
      await user.click(await screen.findByTestId("agreement-unsigned"));
      await user.click(screen.getByTestId("filter-save"));
      await user.type(await screen.findByTestId("filter-name"), "Unsigned{Enter}");
      await screen.findByTestId("current-filter");
      await user.click(screen.getByTestId("filter-menu"));
      await screen.findByTestId("saved-filter");
    },
  },
  {
    name: "a finding being overridden",
    dialog: "override-dialog",
    options: { at: "#/letters", day: true },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("filter-prepared"));
      await screen.findAllByText("Blocked");
      await user.keyboard("jjj");
      await user.click(await screen.findByTestId("override"));
      await screen.findByTestId("gate-override-reason");
    },
  },
  {
    name: "a client review being recorded",
    dialog: "review-dialog",
    options: { at: "#/letters", day: true },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("choose-all-letters"));
      await user.keyboard("v");
      await screen.findByTestId("review-day");
    },
  },
  {
    name: "an item being excluded",
    dialog: "exclude-dialog",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ user }) => {
      await items();
      await user.keyboard("jx");
      await screen.findByTestId("exclude-reason");
    },
  },
  {
    name: "documents being added",
    dialog: "add-dialog",
    options: { at: `${atClient(CLIENT.whole)}/documents` },
    reach: async ({ user }) => {
      await screen.findAllByTestId("document-row");
      await user.keyboard("a");
      await screen.findAllByTestId("chosen-file");
    },
  },
  {
    name: "a document being replaced",
    dialog: "replace-dialog",
    options: { at: `${atClient(CLIENT.whole)}/documents` },
    reach: async ({ user }) => {
      await screen.findAllByTestId("document-row");
      await user.keyboard("je");
      await screen.findByTestId("replace-confirm");
    },
  },
  {
    name: "a message being written",
    dialog: "compose-dialog",
    options: { at: `${atClient(CLIENT.whole)}/correspondence` },
    reach: async ({ user }) => {
      await screen.findAllByTestId("piece-row");
      await user.keyboard("t");
      await user.click(await screen.findByTestId("message-confirm"));
      await screen.findByText("Fill this in.");
    },
  },
  {
    name: "a message from a template, not filled in yet",
    dialog: "compose-dialog",
    options: { at: `${atClient(CLIENT.whole)}/correspondence` },
    reach: async ({ user }) => {
      await screen.findAllByTestId("piece-row");
      await user.keyboard("t");
      await user.type(await screen.findByTestId("message-text"), "Hi");
      await user.click(screen.getByTestId("message-template"));
      await user.click(await screen.findByRole("option", { name: "Appointment", hidden: true }));
      await screen.findByTestId("message-back");
      await user.click(screen.getByTestId("message-confirm"));
      await screen.findByText(/Write what belongs in place of/);
    },
  },
  {
    name: "a fax being recorded, with a file that cannot be taken",
    dialog: "fax-record-dialog",
    options: { at: `${atClient(CLIENT.whole)}/correspondence` },
    reach: async ({ host, user }) => {
      await screen.findAllByTestId("piece-row");
      await user.keyboard("f");
      await user.click(await screen.findByTestId("fax-record-confirm"));
      act(() => host.emit({ type: "dropped", body: [fakeFile({ token: "bad", problem: { code: "bad_request", message: "Not taken." } })] }));
      await screen.findByTestId("file-refused");
    },
  },
  {
    name: "an agreement being recorded, another waiting",
    dialog: "agreement-dialog",
    options: { at: `${atClient(CLIENT.whole)}/agreements` },
    reach: async ({ host, user }) => {
      await screen.findAllByTestId("agreement-row");
      await act(() => host.call("agreement_add", { clientId: CLIENT.whole, name: "Terms", kind: "service", signedOn: null, token: null }));
      await screen.findByText("Waiting");
      await user.keyboard("a");
      await user.click(await screen.findByTestId("agreement-confirm"));
      await screen.findAllByText("Fill this in.");
    },
  },
  {
    name: "palette",
    dialog: "palette",
    reach: async ({ user }) => {
      await screen.findAllByTestId("client-row");
      await user.keyboard("{Control>}k{/Control}");
      await user.keyboard("ga");
      await screen.findAllByRole("option");
    },
  },
  {
    name: "sign out",
    dialog: "sign-out-dialog",
    reach: async ({ user }) => {
      await screen.findAllByTestId("client-row");
      await user.click(screen.getByTestId("account-menu"));
      await user.click(await screen.findByTestId("sign-out"));
      await screen.findByTestId("sign-out-confirm");
    },
  },
  {
    name: "shortcuts",
    dialog: "shortcut-sheet",
    reach: async ({ user }) => {
      await screen.findAllByTestId("client-row");
      await user.keyboard("?");
    },
  },
  {
    name: "the columns of the list",
    dialog: "column-choices",
    reach: async ({ user }) => {
      await screen.findAllByTestId("client-row");
      await user.keyboard("{Control>}{Shift>}l{/Shift}{/Control}");
      await screen.findByTestId("columns-usual");
    },
  },
  {
    name: "a filter being saved",
    dialog: "name-filter",
    reach: async ({ user }) => {
      await screen.findAllByTestId("client-row");
      await user.click(screen.getByTestId("filter-menu"));
      await user.click(await screen.findByTestId("agreement-unsigned"));
      await user.click(screen.getByTestId("filter-save"));
      await screen.findByTestId("filter-name");
    },
  },
  {
    name: "an item",
    dialog: "item-dialog",
    options: { at: atClient(CLIENT.whole), day: true },
    reach: async ({ user }) => {
      await items();
      await user.keyboard("j{Enter}");
      await screen.findByTestId("item-leaves");
    },
  },
  {
    name: "a furnisher being picked",
    dialog: "furnisher-picker",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ user }) => {
      await items();
      await user.keyboard("4");
      await screen.findAllByRole("option");
    },
  },
  {
    name: "another address, refused",
    dialog: "addressee-dialog",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ user }) => {
      await items();
      await user.keyboard("6");
      await user.type(await screen.findByTestId("addressee-name"), "Consumer Center");
      await user.click(screen.getByTestId("addressee-keep"));
    },
  },
  {
    name: "a letter's text being changed",
    dialog: "wording-dialog",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ user }) => {
      await prepareThree(user);
      await user.keyboard("t");
      await screen.findByTestId("wording-text");
    },
  },
  {
    name: "a print run on its way",
    dialog: "print-dialog",
    options: { at: atClient(CLIENT.whole) },
    reach: async ({ host, user }) => {
      await prepareThree(user);
      await user.keyboard("p");
      await screen.findByTestId("print-sentence");
      host.hold("print_run_start");
      await user.click(screen.getByTestId("print-confirm"));
      await screen.findByTestId("printing");
    },
  },
  {
    name: "a run that is confirmed",
    dialog: "print-dialog",
    options: { at: "#/runs", day: true },
    reach: async ({ user }) => {
      await screen.findByTestId("run-unconfirmed");
      await user.keyboard("s");
      const [first] = await screen.findAllByTestId("came-out");
      await user.click(first ?? document.body);
      await user.click(screen.getByTestId("run-confirm"));
      await screen.findByTestId("reprint");
    },
  },
  {
    name: "jammed letters, printed again",
    dialog: "print-dialog",
    options: { at: "#/runs/run-2", day: true },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("run-reprint"));
      await screen.findByTestId("confirm-form");
    },
  },
  {
    name: "a batch of faxes",
    dialog: "fax-dialog",
    options: { at: "#/letters", day: true },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("filter-prepared"));
      await user.click(await screen.findByTestId("choose-all-letters"));
      await user.keyboard("f");
      await screen.findAllByTestId("fax-number");
      await user.click(screen.getByTestId("fax-confirm"));
      await screen.findByTestId("fax-progress");
    },
  },
  {
    name: "a row being corrected",
    dialog: "edit-dialog",
    options: { at: "#/outbox", outbox: sampleRows(new Date()) },
    reach: async ({ user }) => {
      await screen.findAllByTestId("outbox-row");
      await user.keyboard("e");
      await screen.findByTestId("edit-confirm");
    },
  },
  {
    name: "a row being cancelled",
    dialog: "cancel-dialog",
    options: { at: "#/outbox", outbox: sampleRows(new Date()) },
    reach: async ({ user }) => {
      await screen.findAllByTestId("outbox-row");
      await user.keyboard("{Delete}");
      await screen.findByTestId("cancel-confirm");
    },
  },
  {
    name: "an identity being proven: whose questions",
    dialog: "kba-dialog",
    options: { at: `${atClient(CLIENT.whole)}/overview` },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("kba-open"));
      await screen.findByTestId("kba-ask");
    },
  },
  {
    name: "an identity being proven: questions without an answer",
    dialog: "kba-dialog",
    options: { at: `${atClient(CLIENT.whole)}/overview` },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("kba-open"));
      await user.click(await screen.findByTestId("kba-ask"));
      await screen.findAllByTestId("kba-question");
      await user.click(screen.getByTestId("kba-send"));
      await screen.findAllByText("Choose an answer");
    },
  },
  {
    name: "a goal being chosen",
    dialog: "goal-picker",
    options: { at: `${atClient(CLIENT.whole)}/overview` },
    reach: async ({ user }) => {
      await screen.findAllByTestId("goal-row");
      await user.keyboard("a");
      await screen.findAllByRole("option");
    },
  },
  ...(["email", "letter"] as const).map((by): Screen => ({
    name: `a message being written: ${by}`,
    dialog: "compose-dialog",
    options: { at: `${atClient(CLIENT.whole)}/correspondence` },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId(`write-${by}`));
      await screen.findByTestId("message-text");
    },
  })),
  {
    name: "mail that came, being filed",
    dialog: "add-dialog",
    options: { at: `${atClient(CLIENT.whole)}/correspondence` },
    reach: async ({ user }) => {
      await user.click(await screen.findByTestId("mail-receive"));
      await screen.findAllByTestId("chosen-file");
    },
  },
  {
    name: "sign out, although letters were never printed",
    dialog: "sign-out-dialog",
    options: { day: true },
    reach: async ({ user }) => {
      await screen.findAllByTestId("client-row");
      await user.keyboard("{Control>}{Shift>}e{/Shift}{/Control}");
      await user.click(await screen.findByTestId("sign-out-confirm"));
      await screen.findByTestId("sign-out-discard");
    },
  },
];

/** Every dialog in the source by its test id; one without an id by its file. */
function dialogs(): string[] {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
  return files.flatMap((file) =>
    [...readFileSync(path.join(SRC, file), "utf8").matchAll(/<(?:Modal|PickerDialog|Popover\.Dropdown)\s.*?>\n/gs)]
      .map(([tag]) => /(?:data-testid|testId)=(?:"([^"]+)"|\{props)/.exec(tag)?.[1] ?? (tag.includes("props.testId") ? "" : file))
      .filter(Boolean),
  );
}

it("sees every dialog of the window", () => {
  const seen = new Set(SCREENS.map(({ dialog }) => dialog));
  expect(dialogs().length).toBeGreaterThan(25);
  expect(dialogs().filter((id) => !seen.has(id))).toEqual([]);
});

it.each(SCREENS)("has nothing to complain of in the light and the dark: $name", async ({ dialog, options, reach }) => {
  localStorage.setItem(SCHEME, "light");
  await reach(openDesk(options));
  await screen.findByTestId(dialog);
  expect(await complaints()).toEqual([]);
  act(() => void window.dispatchEvent(new StorageEvent("storage", { key: SCHEME, newValue: "dark", storageArea: localStorage })));
  expect(document.documentElement.dataset["mantineColorScheme"]).toBe("dark");
  expect(screen.getByTestId(dialog)).toBeTruthy();
  expect(await complaints()).toEqual([]);
});
