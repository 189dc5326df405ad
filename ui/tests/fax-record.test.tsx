import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakeFile } from "../src/host/fake/records";
import { CLIENT, atClient, fillIn, hasFocus, lastTake, timesAsked } from "./desk";
import { UNREACHED, line, openRecords } from "./records";

it("records a fax that was sent elsewhere with what was faxed, shows it while it waits, and takes it back", async () => {
  const { host, user } = openRecords("correspondence");
  await screen.findAllByTestId("piece-row");
  await user.keyboard("f");
  await hasFocus("fax-record-number");
  expect(screen.getByTestId("fax-record-sentence").textContent).toContain("Nothing is faxed: the portal gets a record that it was.");
  await user.keyboard("888 555 0199");
  await fillIn({ user }, { "fax-record-recipient": "Bluestone Collections" });
  await user.click(screen.getByTestId("fax-record-furnisher"));
  host.chooseFiles([fakeFile({ token: "faxed" }), fakeFile({ token: "second" })]);
  await user.click(screen.getByTestId("choose-file"));
  await screen.findByText("faxed.pdf");
  expect(screen.getByText("Several files were chosen. Only the first is used.")).toBeTruthy();
  await user.keyboard("{Control>}{Enter}{/Control}");
  const row = await line("piece-row", "Waiting");
  expect(lastTake(host, "fax_record")).toEqual({ clientId: CLIENT.whole, number: "888 555 0199", recipient: "Bluestone Collections", furnisher: true, token: "faxed" });
  expect(row.textContent).toContain("Fax to Bluestone Collections");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(screen.getAllByTestId("piece-row")).toHaveLength(5));
});

it("needs no file, takes one that is dropped while it is open, and gives the focus back", async () => {
  const { host, user } = openRecords("correspondence", { sync: { online: false } });
  const button = await screen.findByTestId("record-fax");
  await user.click(button);
  expect((await screen.findByTestId("fax-record-sentence")).textContent).toContain("once the portal can be reached");
  act(() => host.emit({ type: "files_over", body: true }));
  expect(screen.getByTestId("file-choice").textContent).toContain("Let it go to take it");
  expect(screen.queryByTestId("drop-area")).toBeNull();
  act(() => host.emit({ type: "files_over", body: false }));
  act(() => host.emit({ type: "dropped", body: [fakeFile({ token: "dropped" })] }));
  await screen.findByText("dropped.pdf");
  expect(window.location.hash).toBe(`${atClient(CLIENT.whole)}/correspondence`);
  expect(screen.queryByTestId("chosen-file")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Leave out dropped.pdf" }));
  await fillIn({ user }, { "fax-record-number": "8885550199", "fax-record-recipient": "Experian" });
  await user.click(screen.getByTestId("fax-record-confirm"));
  await line("piece-row", "Waiting");
  expect(lastTake(host, "fax_record")).toMatchObject({ recipient: "Experian", furnisher: false, token: null });
  await waitFor(() => expect(document.activeElement).toBe(button));
  // Once it is closed, what is dropped is mail again.
  act(() => host.emit({ type: "dropped", body: [fakeFile({ token: "mail" })] }));
  await screen.findByRole("dialog", { name: "File mail that came" });
});

it("records nothing unfinished, and says at its field or below what is refused", async () => {
  const { host, user } = openRecords("correspondence");
  await user.click(await screen.findByTestId("record-fax"));
  await user.click(await screen.findByTestId("fax-record-confirm"));
  expect(await screen.findAllByText("Fill this in.")).toHaveLength(2);
  expect(timesAsked(host, "fax_record")).toBe(0);
  await fillIn({ user }, { "fax-record-number": "555", "fax-record-recipient": "Experian" });
  await user.click(screen.getByTestId("fax-record-confirm"));
  expect(await screen.findByText(/a fax number has ten digits/)).toBeTruthy();
  expect(screen.queryByTestId("problem")).toBeNull();
  host.fail("fax_record", UNREACHED);
  await user.click(screen.getByTestId("fax-record-confirm"));
  expect(await screen.findByText(UNREACHED.message)).toBeTruthy();
  host.fail("document_choose", { code: "file_failed", message: "The dialog did not open." });
  await user.click(screen.getByTestId("choose-file"));
  expect(await screen.findByText("The dialog did not open.")).toBeTruthy();
});

it("keeps a file of a piece with the client, by a key, too, and says where it is found", async () => {
  const { host, user } = openRecords("correspondence");
  await line("piece-row", "Bluestone");
  expect(screen.queryByTestId("keep-file")).toBeNull();
  await user.keyboard("jjjjo");
  const detail = within(await screen.findByTestId("piece-detail"));
  expect(detail.getAllByTestId("keep-file").map((one) => one.getAttribute("aria-keyshortcuts"))).toEqual(["Shift+K", null]);
  await user.click(detail.getAllByTestId("keep-file")[1] ?? document.body);
  await screen.findByText(/“Driver license” will be kept with the client: it is in the documents, under “Other files of this client”/);
  expect(lastTake(host, "client_file_link")).toEqual({ clientId: CLIENT.whole, fileId: "7700" });
  await user.click(detail.getAllByTestId("keep-file")[1] ?? document.body);
  await screen.findByText(/A change of this file waits in the outbox already/);
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(lastTake(host, "outbox_cancel")).toEqual({ id: "tie-1" }));
  await user.keyboard("{Shift>}k{/Shift}");
  await waitFor(() => expect(lastTake(host, "client_file_link")).toEqual({ clientId: CLIENT.whole, fileId: "7699" }));
  await user.click(await screen.findByTestId("toast-link"));
  const row = await line("client-file-row", "Debt validation");
  expect(within(row).getByTestId("outbox-mark").textContent).toBe("Waiting");
});
