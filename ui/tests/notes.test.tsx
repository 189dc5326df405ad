import { screen, waitFor, within } from "@testing-library/react";
import { act } from "react";
import { expect, it } from "vitest";
import { CLIENT, atClient, lastTake, timesAsked } from "./desk";
import { UNREACHED, line, openRecords, outboxMoves } from "./records";

function texts(): (string | null | undefined)[] {
  return screen.getAllByTestId("note-row").map((row) => row.querySelector("p")?.textContent?.slice(0, 14));
}

it("lists notes newest first, with author and time", async () => {
  openRecords("notes");
  await line("note-row", "Client called");
  expect(texts()).toEqual(["Client called.", "Bluestone Coll", "Onboarding don"]);
  expect((await line("note-row", "Bluestone")).textContent).toContain("Marcus Bell");
  expect((await line("note-row", "Bluestone")).textContent).toMatch(/03\/0[45]\/2024, /);
  expect(screen.getByTestId("tab-notes").textContent).toBe("Notes 3");
});

it("comes by its shortcut, writes with A, saves with Ctrl+Enter, and shows that the note waits", async () => {
  const { host, user } = openRecords("documents");
  await screen.findAllByTestId("document-row");
  await user.keyboard("n");
  await line("note-row", "Client called");
  expect(window.location.hash).toBe(`${atClient(CLIENT.whole)}/notes`);
  expect(document.activeElement).toBe(screen.getByRole("group", { name: "Notes" }));
  await user.keyboard("a");
  expect(document.activeElement).toBe(screen.getByTestId("note-new"));
  await user.keyboard("Call on Monday{Control>}{Enter}{/Control}");
  const row = await line("note-row", "Call on Monday");
  expect(lastTake(host, "note_add")).toEqual({ clientId: CLIENT.whole, text: "Call on Monday" });
  expect(texts()[0]).toBe("Call on Monday");
  expect(row.textContent).toContain("Dana Whitfield");
  const mark = within(row).getByTestId("outbox-mark");
  expect(mark.textContent).toBe("Waiting");
  expect(mark.getAttribute("href")).toBe("#/outbox");
  expect(screen.getByTestId<HTMLTextAreaElement>("note-new").value).toBe("");
  expect(screen.getByTestId("tab-notes").textContent).toBe("Notes 4");
});

it("says on the row that it needs the agent, and why", async () => {
  const desk = openRecords("notes");
  await desk.user.type(await screen.findByTestId("note-new"), "Refused");
  await desk.user.click(screen.getByTestId("note-new-save"));
  await line("note-row", "Refused");
  const trouble = { kind: "refused" as const, message: "The portal refused some values.", fields: {}, theirs: null };
  await outboxMoves(desk, "record-1", { stage: "rejected", asks: true, trouble });
  await waitFor(async () =>
    expect(within(await line("note-row", "Refused")).getByTestId("outbox-mark").textContent).toBe("Needs youThe portal refused some values."),
  );
});

it("keeps what was typed and says why when saving fails", async () => {
  const { host, user } = openRecords("notes");
  host.fail("note_add", UNREACHED);
  await user.type(await screen.findByTestId("note-new"), "Call on Monday");
  await user.click(screen.getByTestId("note-new-save"));
  expect(await screen.findByText(UNREACHED.message)).toBeTruthy();
  expect(screen.getByTestId<HTMLTextAreaElement>("note-new").value).toBe("Call on Monday");
});

it("keeps a begun note while another side of the client is open", async () => {
  const { user } = openRecords("notes");
  await user.type(await screen.findByTestId("note-new"), "Half a sen");
  await user.click(screen.getByTestId("tab-documents"));
  await screen.findAllByTestId("document-row");
  await user.click(screen.getByTestId("tab-notes"));
  expect((await screen.findByTestId<HTMLTextAreaElement>("note-new")).value).toBe("Half a sen");
});

it("edits in place by E, and Esc leaves the note as it was", async () => {
  const { host, user } = openRecords("notes");
  await line("note-row", "Client called");
  await user.keyboard("jje");
  const field = await screen.findByTestId("note-edit");
  expect(document.activeElement).toBe(field);
  await user.type(field, " Arrived.{Escape}");
  expect(screen.queryByTestId("note-edit")).toBeNull();
  expect(timesAsked(host, "note_change")).toBe(0);
  // The next key is for the note again.
  expect(document.activeElement).toBe(await line("note-row", "Bluestone"));

  await user.click(within(await line("note-row", "Bluestone")).getByRole("button", { name: "Edit the note" }));
  await user.type(await screen.findByTestId("note-edit"), " Arrived.{Control>}{Enter}{/Control}");
  const row = await line("note-row", "on its way. Arrived.");
  expect(lastTake(host, "note_change")).toEqual({
    id: "9102",
    text: "Bluestone Collections: client never had this account, police report is on its way. Arrived.",
  });
  expect(within(row).getByTestId("outbox-mark").textContent).toBe("Change waiting");
  await waitFor(() => expect(document.activeElement).toBe(row));
});

it("corrects a note that still waits where it waits", async () => {
  const { host, user } = openRecords("notes");
  await user.type(await screen.findByTestId("note-new"), "Call on Mondy");
  await user.click(screen.getByTestId("note-new-save"));
  await user.click(within(await line("note-row", "Mondy")).getByRole("button", { name: "Edit the note" }));
  const field = await screen.findByTestId("note-edit");
  await user.clear(field);
  await user.type(field, "Call on Monday");
  await user.click(screen.getByTestId("note-edit-save"));
  await line("note-row", "Call on Monday");
  expect(lastTake(host, "outbox_edit")).toEqual({ id: "record-1", values: { note_text: "Call on Monday" } });
  expect(screen.getAllByTestId("note-row")).toHaveLength(4);
});

it("writes and edits with a way back, while that waits", async () => {
  const { host, user } = openRecords("notes");
  await user.type(await screen.findByTestId("note-new"), "Call on Monday");
  await user.click(screen.getByTestId("note-new-save"));
  await line("note-row", "Call on Monday");
  await user.click(await screen.findByTestId("undo"));
  await waitFor(() => expect(screen.getAllByTestId("note-row")).toHaveLength(3));
  expect(lastTake(host, "outbox_cancel")).toEqual({ id: "record-1" });

  await user.click(within(await line("note-row", "Bluestone")).getByRole("button", { name: "Edit the note" }));
  await user.type(await screen.findByTestId("note-edit"), " Arrived.{Control>}{Enter}{/Control}");
  await line("note-row", "on its way. Arrived.");
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(async () => expect((await line("note-row", "Bluestone")).textContent).not.toContain("Arrived."));
});

it("gives a note that waits its words back, and leaves it where it waits", async () => {
  const { host, user } = openRecords("notes");
  await user.type(await screen.findByTestId("note-new"), "Call on Monday");
  await user.click(screen.getByTestId("note-new-save"));
  await user.click(within(await line("note-row", "Monday")).getByRole("button", { name: "Edit the note" }));
  await user.type(await screen.findByTestId("note-edit"), " morning{Control>}{Enter}{/Control}");
  await line("note-row", "Monday morning");
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(texts()[0]).toBe("Call on Monday"));
  expect(timesAsked(host, "outbox_cancel")).toBe(0);
});

it("removes with a way back, which cancels the row that waits", async () => {
  const { host, user } = openRecords("notes");
  await line("note-row", "Client called");
  await user.keyboard("j{Delete}");
  await waitFor(async () => expect((await line("note-row", "Client called")).textContent).toContain("Removal waiting"));
  expect(lastTake(host, "note_remove")).toEqual({ id: "9103" });
  await user.click(await screen.findByTestId("undo"));
  await waitFor(async () => expect((await line("note-row", "Client called")).textContent).not.toContain("Removal waiting"));
  expect(lastTake(host, "outbox_cancel")).toEqual({ id: "record-1" });
});

it("takes the removal back by its shortcut, and later on the row", async () => {
  const { host, user } = openRecords("notes");
  await line("note-row", "Client called");
  await user.keyboard("j{Delete}");
  await screen.findByText("Removal waiting");
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(screen.queryByText("Removal waiting")).toBeNull());

  await user.click(within(await line("note-row", "Onboarding")).getByRole("button", { name: "Remove the note" }));
  await user.click(await screen.findByRole("button", { name: "Keep it" }));
  await waitFor(() => expect(screen.queryByText("Removal waiting")).toBeNull());
  expect(timesAsked(host, "outbox_cancel")).toBe(2);
});

it("says so when the removal has left before it could be taken back", async () => {
  const desk = openRecords("notes");
  await line("note-row", "Client called");
  await desk.user.keyboard("j{Delete}");
  const undo = await screen.findByTestId("undo");
  await outboxMoves(desk, "record-1", { stage: "sending" });
  await waitFor(async () => expect((await line("note-row", "Client called")).textContent).toContain("Sending"));
  expect(screen.queryByTestId("take-back")).toBeNull();
  await desk.user.click(undo);
  expect(await screen.findByText(/sending by now/)).toBeTruthy();
});

it("says that there are none, and that it is offline", async () => {
  const { host } = openRecords("notes", { client: CLIENT.unsigned, sync: { online: false } });
  expect(await screen.findByText("No notes yet")).toBeTruthy();
  expect(screen.getByTestId("records-offline").textContent).toContain("waits in the outbox");
  act(() => host.setSync({ online: true }));
  await waitFor(() => expect(screen.queryByTestId("records-offline")).toBeNull());
});

it("says why the notes cannot be read, and reads them again", async () => {
  const { host, user } = openRecords("documents");
  host.fail("note_list", UNREACHED);
  await user.click(await screen.findByTestId("tab-notes"));
  const problem = await screen.findByTestId("problem");
  expect(problem.textContent).toContain(UNREACHED.message);
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  await line("note-row", "Client called");
});

it("says that the account may not read them and whom to ask, until a pull may", async () => {
  const { host } = openRecords("notes", { forbidden: ["notes"] });
  expect(await screen.findByText("Your account may not read notes")).toBeTruthy();
  expect(screen.getByText(/Ask an administrator/)).toBeTruthy();
  expect(screen.queryByText("No notes yet")).toBeNull();
  act(() => host.forbid([]));
  await line("note-row", "Client called");
  expect(screen.queryByText("Your account may not read notes")).toBeNull();
});

it("calls nothing empty before it is known why there is nothing", async () => {
  const { host, user } = openRecords("documents", { client: CLIENT.unsigned });
  const release = host.hold("reading_get");
  await user.click(await screen.findByTestId("tab-notes"));
  expect(await screen.findByTestId("records-loading")).toBeTruthy();
  expect(screen.queryByText("No notes yet")).toBeNull();
  release();
  expect(await screen.findByText("No notes yet")).toBeTruthy();
});

it("shows ghosts while the notes are on their way", async () => {
  const { host, user } = openRecords("documents");
  const release = host.hold("note_list");
  await user.click(await screen.findByTestId("tab-notes"));
  expect(await screen.findByTestId("records-loading")).toBeTruthy();
  release();
  await line("note-row", "Client called");
});
