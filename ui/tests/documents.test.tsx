import { act, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { fakeFile } from "../src/host/fake/records";
import { CLIENT, atClient, lastTake, timesAsked } from "./desk";
import { UNREACHED, line, openRecords, outboxMoves } from "./records";

async function pick(user: UserEvent, field: HTMLElement, option: string): Promise<void> {
  await user.click(field);
  const list = document.getElementById(field.getAttribute("aria-controls") ?? "") ?? document.body;
  await user.click(await within(list).findByRole("option", { name: option, hidden: true }));
}

function chosen(name: string): HTMLElement {
  const row = screen.getAllByTestId("chosen-file").find((one) => one.textContent?.includes(name));
  if (!row) {
    throw new Error(`No chosen file ${name}`);
  }
  return row;
}

it("lists documents newest first with type, subtype, size and date", async () => {
  openRecords("documents");
  const row = await line("document-row", "Electric bill");
  expect(screen.getAllByTestId("document-row").map((one) => one.dataset["testid"] && one.querySelector("td")?.textContent)).toEqual([
    "Experian",
    "Utility bill",
    "Driver license",
  ]);
  expect(row.textContent).toContain("PNG, 842 KB");
  expect(row.textContent).toContain("02/13/2024");
  expect(row.textContent).toContain("Filed");
  expect(screen.getByTestId("tab-documents").textContent).toBe("Documents 3");
});

it("asks what each chosen file is, says what cannot be taken and what is known already, and adds the rest", async () => {
  const { host, user } = openRecords("documents");
  await screen.findAllByTestId("document-row");
  await user.keyboard("a");
  await screen.findByTestId("add-dialog");
  expect(within(chosen("scan.heic")).getByTestId("file-refused").textContent).toContain("not a JPEG, PNG, PDF or Word file");
  expect(within(chosen("scan.heic")).queryByTestId("file-kind")).toBeNull();
  expect(within(chosen("license front.jpg")).getByTestId("file-duplicate").textContent).toContain("same file");
  expect(within(chosen("license front.jpg")).queryByTestId("file-kind")).toBeNull();
  expect(screen.getByTestId("add-sentence").textContent).toContain("1 file is copied into the outbox");

  const bill = within(chosen("electric bill may.pdf"));
  await user.click(screen.getByTestId("add-confirm"));
  expect(await screen.findByText("Choose what it is")).toBeTruthy();
  expect(timesAsked(host, "document_add")).toBe(0);

  await pick(user, bill.getByTestId("file-kind"), "Other");
  await pick(user, bill.getByTestId("file-subkind"), "Utility bill");
  await user.type(bill.getByTestId("file-caption"), "Electric bill, May");
  await user.click(screen.getByTestId("add-confirm"));
  const row = await line("document-row", "Electric bill, May");
  expect(lastTake(host, "document_add")).toEqual({
    clientId: CLIENT.whole,
    token: "file-1",
    kind: "other",
    subkind: "utility_bills",
    caption: "Electric bill, May",
  });
  expect(within(row).getByTestId("outbox-mark").textContent).toBe("Waiting");
  expect(screen.queryByTestId("add-confirm")).toBeNull();
});

it("straightens a photograph before it is filed, and files the original when that is wanted", async () => {
  const { host, user } = openRecords("documents");
  host.chooseFiles([fakeFile({ token: "photo", name: "bill.png", format: "png", size: 3_400_000 }), fakeFile({ token: "paper" })]);
  await user.click(await screen.findByTestId("add-files"));
  await pick(user, (await screen.findAllByTestId("file-kind"))[0] ?? document.body, "Other");
  await user.click(screen.getByTestId("straighten"));
  expect((await screen.findByTestId("straightened")).textContent).toContain("Turned upright, straightened by 1.8°, 3.4 MB is now 567 KB.");
  expect(within(chosen("bill.jpg")).getByTestId<HTMLInputElement>("file-kind").value).toBe("Other");
  await user.click(screen.getByTestId("straighten-undo"));
  expect(within(chosen("bill.png")).getByTestId<HTMLInputElement>("file-kind").value).toBe("Other");
  await user.click(screen.getByTestId("straighten"));
  await screen.findByTestId("straightened");
  await user.click(screen.getByTestId("same-for-all"));
  await user.click(screen.getByTestId("add-confirm"));
  await waitFor(() => expect(timesAsked(host, "document_add")).toBe(2));
  const takes = host.calls.flatMap(({ name, take }) => (name === "document_add" ? [take] : []));
  expect(takes).toMatchObject([{ token: "photo-straight" }, { token: "paper" }]);
});

it("keeps what was dropped and leaves out what was left out while a picture is straightened", async () => {
  const { host, user } = openRecords("documents");
  host.chooseFiles([fakeFile({ token: "photo", name: "bill.png", format: "png" }), fakeFile({ token: "paper" })]);
  await user.click(await screen.findByTestId("add-files"));
  const release = host.hold("document_straighten");
  await user.click(await screen.findByTestId("straighten"));
  await user.click(within(chosen("paper.pdf")).getByLabelText("Leave out paper.pdf"));
  act(() => host.emit({ type: "dropped", body: [fakeFile({ token: "dropped" })] }));
  await waitFor(() => expect(chosen("dropped.pdf")).toBeTruthy());
  release();
  await screen.findByTestId("straightened");
  expect(screen.getAllByTestId("chosen-file").map((row) => row.textContent?.slice(0, 8))).toEqual(["bill.jpg", "dropped."]);
});

it("says why a picture cannot be straightened, and keeps it", async () => {
  const { host, user } = openRecords("documents");
  host.chooseFiles([fakeFile({ token: "photo", name: "bill.png", format: "png" })]);
  await user.click(await screen.findByTestId("add-files"));
  host.fail("document_straighten", { code: "bad_request", message: "It cannot be straightened: the file is damaged." });
  await user.click(await screen.findByTestId("straighten"));
  expect(await screen.findByText("It cannot be straightened: the file is damaged.")).toBeTruthy();
  expect(within(chosen("bill.png")).getByTestId("file-kind")).toBeTruthy();
});

it("adds a known file only when told to", async () => {
  const { host, user } = openRecords("documents");
  host.chooseFiles([fakeFile({ token: "known", duplicate: true })]);
  await user.click(await screen.findByTestId("add-files"));
  expect((await screen.findByTestId<HTMLButtonElement>("add-confirm")).disabled).toBe(true);
  await user.click(screen.getByTestId("add-anyway"));
  await pick(user, screen.getByTestId("file-kind"), "ID");
  await user.click(screen.getByTestId("add-confirm"));
  await waitFor(() => expect(screen.getAllByTestId("document-row")).toHaveLength(4));
});

it("gives several files the same type, and takes all of them back with one Undo", async () => {
  const { host, user } = openRecords("documents");
  host.chooseFiles([fakeFile({ token: "one" }), fakeFile({ token: "two" })]);
  await user.click(await screen.findByTestId("add-files"));
  await pick(user, within(await screen.findByTestId("add-dialog")).getAllByTestId("file-kind")[0] ?? document.body, "Credit related");
  await user.click(await screen.findByTestId("same-for-all"));
  await user.click(screen.getByTestId("add-confirm"));
  await screen.findByText("2 documents wait in the outbox.");
  await waitFor(() => expect(screen.getAllByTestId("document-row")).toHaveLength(5));
  await user.click(screen.getByTestId("undo"));
  await waitFor(() => expect(screen.getAllByTestId("document-row")).toHaveLength(3));
});

it("keeps a file that could not be queued, with why, and queues none twice", async () => {
  const { host, user } = openRecords("documents");
  host.chooseFiles([fakeFile({ token: "one" }), fakeFile({ token: "two" })]);
  await user.click(await screen.findByTestId("add-files"));
  await pick(user, (await screen.findAllByTestId("file-kind"))[0] ?? document.body, "Other");
  await user.click(await screen.findByTestId("same-for-all"));
  host.fail("document_add", { code: "bad_request", message: "The file changed since it was chosen. Choose it again." });
  await user.click(screen.getByTestId("add-confirm"));
  expect(await screen.findByText("The file changed since it was chosen. Choose it again.")).toBeTruthy();
  expect(screen.getAllByTestId("chosen-file").map((row) => row.textContent?.slice(0, 7))).toEqual(["one.pdf"]);
  await user.click(screen.getByTestId("add-confirm"));
  await waitFor(() => expect(screen.getAllByTestId("document-row")).toHaveLength(5));
  expect(timesAsked(host, "document_add")).toBe(3);
});

it("takes dropped files from any side of the client", async () => {
  const { host } = openRecords("notes");
  await screen.findAllByTestId("note-row");
  act(() => host.emit({ type: "dropped", body: [fakeFile({ token: "dropped" })] }));
  await screen.findByTestId("add-dialog");
  expect(window.location.hash).toBe(`${atClient(CLIENT.whole)}/documents`);
  expect(chosen("dropped.pdf").textContent).toContain("245 KB");
  act(() => host.emit({ type: "dropped", body: [fakeFile({ token: "another" })] }));
  await waitFor(() => expect(screen.getAllByTestId("chosen-file")).toHaveLength(2));
});

it("shows where files can be dropped while they are held over the client, and no longer", async () => {
  const { host } = openRecords("documents");
  await screen.findAllByTestId("document-row");
  expect(screen.queryByTestId("drop-area")).toBeNull();
  act(() => host.emit({ type: "files_over", body: true }));
  const name = screen.getByRole("heading", { level: 1 }).textContent ?? "";
  expect(name).not.toBe("");
  expect((await screen.findByTestId("drop-area")).textContent).toContain(`Drop the files to file them with ${name}`);
  act(() => host.emit({ type: "files_over", body: false }));
  expect(screen.queryByTestId("drop-area")).toBeNull();
});

it("says while files are held over another page that a client must be open", async () => {
  const { host } = openRecords("documents", { at: "#/clients" });
  await screen.findAllByTestId("client-row");
  act(() => host.emit({ type: "files_over", body: true }));
  expect((await screen.findByTestId("drop-area")).textContent).toContain("Open a client first");
});

it("does not take a dialog away from the agent for dropped files", async () => {
  const { host, user } = openRecords("correspondence");
  await user.click(await screen.findByTestId("write-email"));
  await user.type(await screen.findByTestId("message-text"), "Hello");
  act(() => host.emit({ type: "dropped", body: [fakeFile({ token: "dropped" })] }));
  expect(await screen.findByText("The dropped files wait in this client's documents.")).toBeTruthy();
  expect(screen.getByTestId<HTMLTextAreaElement>("message-text").value).toBe("Hello");
});

it("says that a client must be open before files are dropped", async () => {
  const { host } = openRecords("documents", { at: "#/clients" });
  await screen.findAllByTestId("client-row");
  act(() => host.emit({ type: "dropped", body: [fakeFile({ token: "dropped" })] }));
  expect(await screen.findByText(/Open a client first/)).toBeTruthy();
});

it("shows how much of a file has left", async () => {
  const desk = openRecords("documents");
  desk.host.chooseFiles([fakeFile({ token: "one" })]);
  await desk.user.click(await screen.findByTestId("add-files"));
  await pick(desk.user, await screen.findByTestId("file-kind"), "Other");
  await desk.user.click(screen.getByTestId("add-confirm"));
  await waitFor(() => expect(screen.getAllByTestId("document-row")).toHaveLength(4));
  await outboxMoves(desk, "record-1", { stage: "sending" });
  act(() => desk.host.emit({ type: "upload", body: { id: "record-1", sent: 100_000, total: 250_000 } }));
  const upload = await screen.findByTestId("upload");
  expect(upload.textContent).toContain("100 KB of 250 KB");
  expect(within(upload).getByRole("progressbar").getAttribute("aria-valuenow")).toBe("40");
});

it("pauses what is on its way of a document and lets it go, by a press and by its key", async () => {
  const desk = openRecords("documents");
  desk.host.chooseFiles([fakeFile({ token: "one", name: "bill.pdf" })]);
  await desk.user.click(await screen.findByTestId("add-files"));
  await pick(desk.user, await screen.findByTestId("file-kind"), "Other");
  await desk.user.click(screen.getByTestId("add-confirm"));
  const mine = async () => await line("document-row", "Waiting");
  await desk.user.click(within(await mine()).getByRole("button", { name: /^Pause / }));
  const paused = await line("document-row", "Paused");
  expect(lastTake(desk.host, "outbox_pause")).toEqual({ id: "record-1" });
  act(() => paused.focus());
  await desk.user.keyboard("p");
  await mine();
  expect(lastTake(desk.host, "outbox_resume")).toEqual({ id: "record-1" });
});

it("says which file goes in place of which before it does, and keeps the old one on request", async () => {
  const { host, user } = openRecords("documents");
  host.chooseFiles([fakeFile({ token: "newer", name: "bill june.pdf" })]);
  const row = await line("document-row", "Electric bill");
  await user.click(within(row).getByRole("button", { name: "Replace the file of Electric bill" }));
  const dialog = await screen.findByTestId("replace-dialog");
  await waitFor(() => expect(dialog.textContent).toContain("bill june.pdf"));
  expect(dialog.textContent).toContain("the portal no longer shows the old file");
  expect(timesAsked(host, "document_replace")).toBe(0);
  await user.click(screen.getByTestId("replace-confirm"));
  await screen.findByText("New file waiting");
  expect(lastTake(host, "document_replace")).toEqual({ clientId: CLIENT.whole, id: "doc-2", token: "newer" });
  await user.click(screen.getByRole("button", { name: "Keep the old file" }));
  await waitFor(() => expect(screen.queryByText("New file waiting")).toBeNull());
});

it("does not replace by a file that cannot be taken", async () => {
  const { host, user } = openRecords("documents");
  host.chooseFiles([fakeFile({ token: "bad", format: null, problem: { code: "bad_request", message: "Not a file of a kind that is taken." } })]);
  await line("document-row", "Electric bill");
  await user.keyboard("jje");
  expect((await screen.findByTestId<HTMLButtonElement>("replace-confirm")).disabled).toBe(true);
  expect(screen.getByTestId("file-refused").textContent).toContain("Not a file of a kind that is taken.");
});

it("removes with a way back", async () => {
  const { host, user } = openRecords("documents");
  await line("document-row", "Electric bill");
  await user.keyboard("jj{Delete}");
  await screen.findByText("Removal waiting");
  expect(lastTake(host, "document_remove")).toEqual({ clientId: CLIENT.whole, id: "doc-2" });
  await user.click(screen.getByTestId("undo"));
  await waitFor(() => expect(screen.queryByText("Removal waiting")).toBeNull());
});

it("does nothing when the agent closes the system's dialog, and says why when it does not open", async () => {
  const { host, user } = openRecords("documents");
  host.chooseFiles([]);
  await user.click(await screen.findByTestId("add-files"));
  await waitFor(() => expect(timesAsked(host, "document_choose")).toBe(1));
  expect(screen.queryByTestId("add-confirm")).toBeNull();
  host.fail("document_choose", UNREACHED);
  await user.click(screen.getByTestId("add-files"));
  expect(await screen.findByText(UNREACHED.message)).toBeTruthy();
});

it("says that there are none, and what can be added; offline that it waits", async () => {
  openRecords("documents", { client: "1011", sync: { online: false } });
  expect(await screen.findByText("No documents yet")).toBeTruthy();
  expect(screen.getByTestId("records-offline")).toBeTruthy();
});
