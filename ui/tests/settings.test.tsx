import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { DOUBLE_WINDOW, NO_WINDOW } from "../src/host/fake/settings";
import { type Desk, lastTake, openDesk, timesAsked } from "./desk";

/** At the settings, once the desk has told them. */
async function atSettings(options: Parameters<typeof openDesk>[0] = {}): Promise<Desk> {
  const desk = openDesk({ at: "#/settings", ...options });
  await screen.findByText("Settings file");
  return desk;
}

/** What stands beside a name. */
function fact(name: string): string {
  return screen.getByText(name, { selector: "dt" }).nextElementSibling?.textContent ?? "";
}

function part(name: string): HTMLElement {
  return screen.getByRole("region", { name });
}

function drawing(name: RegExp): Element {
  return screen.getByRole("img", { name });
}

it("opens with the usual key from anywhere, and says where one is", async () => {
  const { user } = openDesk();
  await screen.findAllByTestId("client-row");
  await user.keyboard("{Control>},{/Control}");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Settings"));
  expect(window.location.hash).toBe("#/settings");
  expect(screen.getByTestId("nav-settings").getAttribute("aria-current")).toBe("page");
  expect(document.title).toBe("Settings - Dispute Desk");
});

it("is found in the palette, as is the file for support", async () => {
  const { host, user } = openDesk();
  await screen.findAllByTestId("client-row");
  await user.keyboard("{Control>}k{/Control}");
  await user.keyboard("settings{Enter}");
  await screen.findByText("Settings file");
  await user.keyboard("{Control>}k{/Control}");
  await user.keyboard("diagnostics{Enter}");
  expect(await screen.findByText(/Diagnostics saved/)).toBeTruthy();
  expect(timesAsked(host, "diagnostics_save")).toBe(1);
});

it("tells who is signed in, where, and what guards the data", async () => {
  await atSettings({ session: { guard: "passphrase" } });
  expect(fact("Agent")).toBe("Dana Whitfield, dana@example.com");
  expect(fact("Portal")).toContain("https://portal.example.com/api");
  expect(fact("Session")).toBe("Signed in");
  expect(fact("Calls to it")).toBe("6 at once at most, any number a minute");
  expect(fact("Lost answers")).toContain("after 3 minutes");
  expect(fact("The key")).toContain("Made from your passphrase");
  expect(fact("When it is forgotten")).toContain("Nobody can recover it");
  expect(fact("Version")).toBe("Dispute Desk 0.1.0, SQLite 3.50.4, letter engine 2");
  expect(fact("Settings file")).toContain("settings.toml");
});

it("says that practice is practice, that a limit is set, and that there is no settings file", async () => {
  await atSettings({
    session: { realm: "practice" },
    settings: { limits: { concurrent: 4, perMinute: 120, quietSeconds: 90 }, file: { path: "/data/settings.toml", found: false } },
  });
  expect(fact("Portal")).toContain("Practice: made-up people");
  expect(fact("The key")).toContain("keychain");
  expect(screen.queryByText("When it is forgotten")).toBeNull();
  expect(fact("Calls to it")).toBe("4 at once at most, 120 a minute");
  expect(fact("Lost answers")).toContain("after 1 minute 30 seconds");
  expect(fact("Settings file")).toContain("Not there: everything is as usual");
});

it("draws the envelope and the page to one scale, from the inches in force", async () => {
  await atSettings();
  expect(fact("Envelope")).toContain("9.5 in × 4.125 in");
  expect(fact("Recipient's window")).toBe("4.5 in × 1.125 in, 0.875 in from the left, 0.5 in from the bottom");
  expect(screen.queryByText("Sender's window")).toBeNull();
  const envelope = drawing(/^The envelope, 9.5 in by 4.125 in/);
  const sheet = drawing(/^The first page: the window always shows 3.25 in by 0.417 in/);
  const scale = (of: Element) => Number(of.getAttribute("width")) / Number(of.getAttribute("viewBox")?.split(" ")[2]);
  expect(envelope.getAttribute("viewBox")).toBe("0 0 9.5 4.125");
  expect(sheet.getAttribute("viewBox")).toBe("0 0 8.5 11");
  expect(scale(envelope)).toBeCloseTo(scale(sheet), 5);
  // Measured from the lower edge in settings, from the upper one on the screen.
  const pane = envelope.querySelectorAll("rect")[1];
  expect(["x", "y", "width", "height"].map((side) => Number(pane?.getAttribute(side)))).toEqual([0.875, 2.5, 4.5, 1.125]);
  expect([...sheet.querySelectorAll("line")].map((fold) => Number(fold.getAttribute("y1")).toFixed(2))).toEqual(["3.67", "7.33"]);
  expect(fact("Fold marks")).toBe("Printed at the left edge");
  expect(fact("Company")).toContain("Clear Credit LLC");
});

it("draws both windows, and says what an unset company means", async () => {
  await atSettings({ settings: { letters: DOUBLE_WINDOW } });
  expect(fact("Sender's window")).toContain("2.625 in from the bottom");
  expect(drawing(/^The envelope/).querySelectorAll("rect")).toHaveLength(3);
  expect(fact("Fold marks")).toBe("None");
  expect(fact("Company")).toContain("Not set");
});

it("draws no envelope where none has a window", async () => {
  await atSettings({ settings: { letters: NO_WINDOW } });
  expect(fact("Envelope")).toBe("Without a window: the address follows the date");
  expect(screen.queryByRole("img", { name: /^The envelope/ })).toBeNull();
  expect(drawing(/^The first page and its folds/)).toBeTruthy();
  expect(screen.queryByText(/May come into the window/)).toBeNull();
});

it("chooses the theme, and keeps it where the menu keeps it", async () => {
  const { user } = await atSettings();
  await user.click(within(part("Appearance")).getByRole("radio", { name: "Dark" }));
  expect(document.documentElement.dataset["mantineColorScheme"]).toBe("dark");
  expect(Object.values({ ...localStorage })).toEqual(["dark"]);
  await user.click(screen.getByTestId("theme-toggle"));
  expect((await screen.findByTestId("theme-dark")).getAttribute("aria-checked")).toBe("true");
});

it("lists the printers with the default one, and asks anew when told to", async () => {
  const { host, user } = await atSettings();
  const [office, pdf] = await screen.findAllByTestId("printer-row");
  expect(office?.textContent).toBe("Office LaserJet Not readyYesUpper tray, letterhead; Lower tray, plain");
  expect(pdf?.textContent).toBe("PDF Printer DefaultReadyNoThe printer's own");
  const before = timesAsked(host, "printer_list");
  await user.click(screen.getByTestId("printers-again"));
  await waitFor(() => expect(timesAsked(host, "printer_list")).toBe(before + 1));
});

it("says that there is no printer, and what works without one", async () => {
  await atSettings({ printers: [] });
  expect((await screen.findByTestId("no-printer")).textContent).toContain("Letters can be saved as PDF without one.");
});

it("says why the printers are not known, and asks again", async () => {
  const { host, user } = openDesk({ at: "#/settings", latency: 20 });
  host.fail("printer_list", { code: "print_failed", message: "The print system does not answer." });
  const problem = await within(await screen.findByTestId("settings-printing")).findByTestId("problem");
  expect(problem.textContent).toContain("The print system does not answer.");
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  expect(await screen.findAllByTestId("printer-row")).toHaveLength(2);
});

it("tells how fresh the data is and how much there is, and syncs", async () => {
  const { host, user } = await atSettings({ clients: 40 });
  expect(screen.getByTestId("settings-synced").textContent).toMatch(/^Last whole sync: \d\d\/\d\d\/\d{4}, .*\.$/);
  expect(fact("Size on the disk")).toBe("4.8 MB");
  expect(within(screen.getByTestId("settings-kinds")).getByText("Negative items").nextElementSibling?.textContent).toBe("360");
  const [syncs, told] = [timesAsked(host, "sync_start"), timesAsked(host, "settings_get")];
  await user.click(screen.getByTestId("settings-everything"));
  expect(timesAsked(host, "sync_everything")).toBe(1);
  await user.click(await screen.findByTestId("settings-sync"));
  await waitFor(() => expect(timesAsked(host, "sync_start")).toBe(syncs + 1));
  await waitFor(() => expect(timesAsked(host, "settings_get")).toBeGreaterThan(told));
});

it("reads everything again and cancels by keys, from any page", async () => {
  const { host, user } = openDesk({ pull: "stays" });
  await screen.findAllByTestId("client-row");
  await user.keyboard("{Shift>}{F5}{/Shift}{Control>}.{/Control}");
  await waitFor(() => expect(timesAsked(host, "sync_everything")).toBe(1));
  expect(timesAsked(host, "sync_cancel")).toBe(0);
  act(() => host.setSync({ running: true }));
  await user.keyboard("{Control>}{Shift>}y{/Shift}{/Control}");
  expect((await screen.findByTestId("sync-cancel")).getAttribute("aria-keyshortcuts")).toBe("Control+.");
  await user.keyboard("{Control>}.{/Control}");
  await waitFor(() => expect(timesAsked(host, "sync_cancel")).toBe(1));
});

it("cancels a sync that runs", async () => {
  const { host, user } = await atSettings({ pull: "stays", sync: { running: true } });
  expect(screen.getByTestId("settings-synced").textContent).toContain("A sync is running.");
  await user.click(screen.getByTestId("settings-cancel-sync"));
  await screen.findByTestId("settings-sync");
  expect(timesAsked(host, "sync_cancel")).toBe(1);
});

it("says that it is offline, and that what is here stands", async () => {
  await atSettings({ pull: "stays", sync: { online: false } });
  expect(screen.getByTestId("settings-offline").textContent).toContain("The portal cannot be reached.");
  expect(screen.getByTestId("settings-sync").textContent).toBe("Try again");
  expect(fact("Agent")).toContain("Dana Whitfield");
});

it("says what the last sync had to leave out, and which kinds are not whole", async () => {
  const kinds = [{ resource: "templates", records: 0, whole: false }];
  const { host } = await atSettings({ pull: "stays", settings: { cache: { bytes: 900, kinds, parked: 3 } } });
  act(() => host.setSync({ problem: { code: "forbidden", message: "Your account may not read: templates." } }));
  expect(await within(part("Data")).findByText("Your account may not read: templates.")).toBeTruthy();
  expect(within(screen.getByTestId("settings-kinds")).getByText("Not read whole")).toBeTruthy();
  expect(screen.getByTestId("settings-parked").textContent).toContain("3 records kept aside");
  expect(fact("Size on the disk")).toBe("900 bytes");
});

it("says what is to come before the first sync", async () => {
  await atSettings({ pull: "stays", sync: { finishedAt: null, resources: [] }, settings: { cache: { bytes: 900, kinds: [], parked: 0 } } });
  expect(screen.getByTestId("settings-synced").textContent).toBe("There has been no whole sync yet.");
  expect(fact("Kept here")).toBe("Nothing yet: the first sync brings it.");
});

it("saves the file for support once, and says nothing when the dialog was closed", async () => {
  const { host, user } = await atSettings({ closesDialogs: true });
  const release = host.hold("diagnostics_save");
  await user.click(screen.getByTestId("save-diagnostics"));
  await user.click(screen.getByTestId("save-diagnostics"));
  release();
  await waitFor(() => expect(screen.getByTestId("save-diagnostics").dataset["loading"]).toBeUndefined());
  expect(timesAsked(host, "diagnostics_save")).toBe(1);
  expect(screen.queryByText(/Diagnostics saved/)).toBeNull();
});

it("says why the file for support could not be written", async () => {
  const { host, user } = await atSettings();
  host.fail("diagnostics_save", { code: "file_failed", message: "There is no space left on the disk." });
  await user.click(screen.getByTestId("save-diagnostics"));
  expect(await screen.findByText("There is no space left on the disk.")).toBeTruthy();
  await user.click(screen.getByTestId("save-diagnostics"));
  expect(await screen.findByText(/Diagnostics saved/)).toBeTruthy();
});

it("stands while the desk gathers what it tells", async () => {
  const { host } = openDesk({ at: "#/settings" });
  const release = host.hold("settings_get");
  expect((await screen.findAllByTestId("settings-loading")).length).toBeGreaterThan(2);
  expect(screen.getByTestId("theme-choice")).toBeTruthy();
  act(release);
  await screen.findByText("Settings file");
  expect(screen.queryByTestId("settings-loading")).toBeNull();
});

it("says what failed, keeps what needs no answer, and asks again", async () => {
  const { host, user } = openDesk({ at: "#/settings", latency: 20, pull: "stays" });
  host.fail("settings_get", { code: "file_failed", message: "The folder cannot be read." });
  const problem = await screen.findByText("The folder cannot be read.");
  expect(screen.queryByTestId("settings-loading")).toBeNull();
  expect(screen.getByTestId("settings-sign-out")).toBeTruthy();
  expect(await screen.findAllByTestId("printer-row")).toHaveLength(2);
  await user.click(within(problem.closest("[data-testid=problem]") ?? document.body).getByRole("button", { name: "Try again" }));
  await screen.findByText("Settings file");
});

it("leads to the gate, to a new sign-in, and out", async () => {
  const { user } = await atSettings({ session: { signInNeeded: true } });
  expect(fact("Session")).toBe("Ended by the portal");
  expect(screen.getByRole("link", { name: "See the rules and their limits" }).getAttribute("href")).toBe("#/gate");
  await user.click(screen.getByTestId("settings-sign-in"));
  await screen.findByRole("dialog", { name: "Sign in again" });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.click(screen.getByTestId("settings-sign-out"));
  await screen.findByRole("dialog", { name: "Sign out" });
});

const ASIDE = { id: "portal.aside-1", at: "2026-03-02T15:04:00Z", unsent: 3, unreadable: 2, lostChanges: false, problem: null };

it("brings what was not sent of files that were set aside into the outbox, and says what cannot be read", async () => {
  const { host, user } = await atSettings({ asides: [ASIDE] });
  const notice = await screen.findByTestId("aside");
  expect(notice.textContent).toContain("3 unsent rows are in files that were set aside on 03/02/2026");
  expect(notice.textContent).toContain("2 further rows cannot be read.");
  await user.click(screen.getByTestId("aside-bring"));
  expect(await screen.findByText(/3 rows wait for you in the outbox. 2 rows could not be read/)).toBeTruthy();
  expect(lastTake(host, "aside_rescue")).toEqual({ id: ASIDE.id });
  await waitFor(() => expect(screen.getByTestId("aside").textContent).toContain("2 rows cannot be read in files"));
  expect(screen.queryByTestId("aside-bring")).toBeNull();
  await user.click(screen.getByTestId("toast-link"));
  expect(await screen.findAllByTestId("outbox-row")).toHaveLength(3);
});

it("says before bringing that what seems to wait may have been sent, where the last changes are lost", async () => {
  await atSettings({ asides: [{ ...ASIDE, lostChanges: true }] });
  expect((await screen.findByTestId("aside")).textContent).toContain("what seems to wait may have been sent");
});

it("says why nothing can be brought from files that were set aside, and nothing of those that hold nothing", async () => {
  const problem = { code: "key_missing", message: "The key of these files is no longer in the keychain." } as const;
  await atSettings({ asides: [{ ...ASIDE, unsent: 0, unreadable: 0, problem }, { ...ASIDE, id: "other", unsent: 0, unreadable: 0 }] });
  expect(await screen.findByText("The key of these files is no longer in the keychain.")).toBeTruthy();
  expect(screen.getAllByTestId("aside")).toHaveLength(1);
});

it("saves diagnostics, changes the theme and asks to sign out by keys", async () => {
  const { host, user } = await atSettings({});
  expect(screen.getByTestId("settings-sign-out").getAttribute("aria-keyshortcuts")).toBe("Control+Shift+E");
  await user.keyboard("{Control>}{Shift>}g{/Shift}{/Control}");
  await waitFor(() => expect(timesAsked(host, "diagnostics_save")).toBe(1));
  await user.keyboard("{Control>}{Shift>}d{/Shift}{/Control}");
  await user.keyboard("{Control>}{Shift>}d{/Shift}{/Control}");
  await waitFor(() => expect(document.documentElement.dataset["mantineColorScheme"]).toBe("dark"));
  await user.keyboard("{Control>}{Shift>}e{/Shift}{/Control}");
  await screen.findByRole("dialog", { name: "Sign out" });
});
