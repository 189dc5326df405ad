import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { lastTake, shownPictures, timesAsked } from "./desk";
import { line, openRecords } from "./records";

const BILL = { kind: "stored", id: "7702" };

async function viewer(): Promise<HTMLElement> {
  return await screen.findByRole("dialog");
}

it("opens the document that has the focus by O, as the picture it is, and lets the picture go when it is closed", async () => {
  const { host, user } = openRecords("documents");
  await line("document-row", "Electric bill");
  await user.keyboard("jjo");
  const dialog = await viewer();
  expect(within(dialog).getByRole("heading", { name: "Utility bill: Electric bill" })).toBeTruthy();
  const picture = await screen.findByRole("img", { name: "Utility bill: Electric bill" });
  expect(picture.getAttribute("src")).toBe("blob:640x400");
  expect(screen.getByTestId("file-meta").textContent).toBe("PNG picture, 842 KB");
  expect(screen.queryByTestId("file-odd")).toBeNull();
  expect(lastTake(host, "file_open")).toEqual({ file: BILL, again: false });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(shownPictures.size).toBe(0);
});

it("opens a document by a double click on its line, and not by one on a control of the line", async () => {
  const { host, user } = openRecords("documents");
  host.chooseFiles([]);
  const row = await line("document-row", "Electric bill");
  await user.dblClick(within(row).getByRole("button", { name: "Replace the file of Electric bill" }));
  expect(timesAsked(host, "file_open")).toBe(0);
  await user.dblClick(within(row).getByText("Utility bill"));
  await screen.findByTestId("picture");
});

it("shows the pages of a PDF by Enter, larger by keys, and the next file by J", async () => {
  const { user } = openRecords("documents");
  await line("document-row", "Electric bill");
  await user.keyboard("j{Enter}");
  const pages = await screen.findAllByTestId("pdf-page");
  expect(pages).toHaveLength(2);
  expect(screen.getByTestId("page-indicator").textContent).toBe("Page 1 of 2");
  const before = Number.parseFloat(pages[0]?.style.width ?? "0");
  await user.keyboard("+]");
  expect(Number.parseFloat(screen.getAllByTestId("pdf-page")[0]?.style.width ?? "0")).toBeGreaterThan(before);
  expect(screen.getByTestId("page-indicator").textContent).toBe("Page 2 of 2");
  expect(screen.getByTestId("file-place").textContent).toBe("File 1 of 3");
  await user.keyboard("j");
  await screen.findByTestId("picture");
  expect(screen.getByTestId("file-place").textContent).toBe("File 2 of 3");
  await user.keyboard("k");
  await screen.findAllByTestId("pdf-page");
});

it("judges a file by its content: a PNG that is none is not shown, is told of, and is fetched again on request", async () => {
  const { host, user } = openRecords("documents");
  host.putFile("7702", { format: null, size: 24_000, bytes: new TextEncoder().encode("<script>") });
  const row = await line("document-row", "Electric bill");
  await user.click(within(row).getByRole("button", { name: "Open Electric bill" }));
  expect((await screen.findByTestId("not-shown")).textContent).toContain("This kind of file is not shown here");
  expect(screen.queryByTestId("picture")).toBeNull();
  const odd = screen.getByTestId("file-odd").textContent;
  expect(odd).toContain("Its name says PNG, but its content is not one.");
  expect(odd).toContain("The portal speaks of 842,100 bytes, and 24,000 came.");
  await user.click(screen.getByTestId("fetch-again"));
  await screen.findByTestId("picture");
  expect(lastTake(host, "file_open")).toEqual({ file: BILL, again: false });
  expect(host.calls.some(({ name, take }) => name === "file_open" && JSON.stringify(take) === JSON.stringify({ file: BILL, again: true }))).toBe(true);
  expect(screen.queryByTestId("file-odd")).toBeNull();
});

it("says what a Word file needs, and saves a copy by S", async () => {
  const { host, user } = openRecords("documents");
  host.putFile("7702", { format: "docx", size: 842_100 });
  const row = await line("document-row", "Electric bill");
  await user.click(within(row).getByRole("button", { name: "Open Electric bill" }));
  expect((await screen.findByTestId("not-shown")).textContent).toContain("Word files are not shown here");
  await user.keyboard("s");
  expect(await screen.findByText(/A copy was saved. It is not encrypted/)).toBeTruthy();
  expect(lastTake(host, "file_save")).toEqual({ file: BILL, extension: "png" });
});

it("says nothing when the agent closes the dialog, and why when a copy cannot be saved", async () => {
  const { host, user } = openRecords("documents", { closesDialogs: true });
  const row = await line("document-row", "Electric bill");
  await user.click(within(row).getByRole("button", { name: "Open Electric bill" }));
  await screen.findByTestId("picture");
  await user.click(screen.getByTestId("save-copy"));
  await waitFor(() => expect(timesAsked(host, "file_save")).toBe(1));
  expect(screen.queryByText(/A copy was saved/)).toBeNull();
  host.fail("file_save", { code: "disk_full", message: "The disk is full." });
  await user.click(screen.getByTestId("save-copy"));
  expect(await screen.findByText("The disk is full.")).toBeTruthy();
});

it("does not hand over what unpacks to far more than it is", async () => {
  const { host, user } = openRecords("documents");
  host.putFile("7702", { format: "pdf", refused: "it unpacks to more than 64 MiB" });
  host.fail("file_bytes", { code: "internal", message: "Nobody asks for the bytes of what is not shown." }, 9);
  const row = await line("document-row", "Electric bill");
  await user.click(within(row).getByRole("button", { name: "Open Electric bill" }));
  expect((await screen.findByTestId("not-shown")).textContent).toContain("it unpacks to more than 64 MiB");
});

it("says of a damaged picture and a damaged PDF that they are", async () => {
  const { host, user } = openRecords("documents");
  host.putFile("7702", { bytes: Uint8Array.of(1, 2, 3) });
  host.putFile("7713", { bytes: Uint8Array.of(1, 2, 3) });
  await line("document-row", "Electric bill");
  await user.keyboard("jo");
  expect((await screen.findByTestId("not-shown")).textContent).toContain("This PDF is not shown");
  await user.keyboard("j");
  await waitFor(() => expect(screen.getByTestId("not-shown").textContent).toContain("This picture is not shown"));
});

it.each([
  ["portal_unreachable", "This file was not fetched to this computer yet.", true],
  ["forbidden", "Your account may not open this file.", false],
  ["not_found", "The portal no longer has this file.", false],
] as const)("words %s, and offers to try again only where that helps", async (code, message, again) => {
  const { host, user } = openRecords("documents");
  host.fail("file_open", { code, message });
  await line("document-row", "Electric bill");
  await user.keyboard("jo");
  const problem = await within(await viewer()).findByTestId("problem");
  expect(problem.textContent).toContain(message);
  const retry = within(problem).queryByRole("button", { name: "Try again" });
  expect(retry !== null).toBe(again);
  expect(screen.getByTestId<HTMLButtonElement>("save-copy").disabled).toBe(true);
  if (retry) {
    await user.click(retry);
    await screen.findAllByTestId("pdf-page");
  }
});

it("shows how much of a file has come, and stops the fetch on request", async () => {
  const { host, user } = openRecords("documents");
  host.putFile("7713", { size: 0 });
  await line("document-row", "Electric bill");
  await user.keyboard("jo");
  await screen.findByTestId("fetching");
  act(() => host.emit({ type: "fetch", body: { id: "7713", received: 321_000, total: 1_284_000 } }));
  await waitFor(() => expect(screen.getByTestId("fetching").textContent).toContain("321 KB of 1.3 MB"));
  expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("25");
  await user.click(screen.getByTestId("cancel-fetch"));
  expect(lastTake(host, "file_cancel")).toEqual({ id: "7713" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("opens a document that still waits in the outbox", async () => {
  const desk = openRecords("documents");
  await desk.host.call("document_add", { clientId: "1030", token: "new", kind: "id", subkind: null, caption: "New scan" });
  const row = await line("document-row", "New scan");
  await desk.user.click(within(row).getByRole("button", { name: "Open New scan" }));
  await screen.findAllByTestId("pdf-page");
  expect(lastTake(desk.host, "file_open")).toEqual({ file: { kind: "waiting", id: "record-1" }, again: false });
});

it("draws small what is on this computer, never fetches for it, and draws what was fetched since", async () => {
  const { host, user } = openRecords("documents");
  await line("document-row", "Electric bill");
  const drawn = () => screen.getAllByTestId("document-row").map((row) => within(row).getByTestId("thumbnail").dataset["drawn"]);
  await waitFor(() => expect(drawn()).toEqual(["false", "true", "true"]));
  expect(timesAsked(host, "file_open")).toBe(0);
  await user.keyboard("jo");
  await screen.findAllByTestId("pdf-page");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(drawn()).toEqual(["true", "true", "true"]));
});

it("opens the files of a piece of correspondence by V, and each by its own button", async () => {
  const { host, user } = openRecords("correspondence");
  const row = await line("piece-row", "Bluestone Collections");
  row.focus();
  await user.keyboard("v");
  await screen.findAllByTestId("pdf-page");
  expect(screen.getByTestId("file-place").textContent).toBe("File 1 of 2");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  row.focus();
  await user.keyboard("o");
  const buttons = within(await screen.findByTestId("piece-detail")).getAllByTestId("open-file");
  await user.click(buttons[1] ?? row);
  await screen.findByTestId("picture");
  expect(lastTake(host, "file_open")).toEqual({ file: { kind: "stored", id: "7700" }, again: false });
});
