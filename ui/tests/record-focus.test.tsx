import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { CLIENT, atClient, openDesk } from "./desk";
import { line, openRecords } from "./records";

/** The text of the line that has the focus. */
function focused(): string {
  return document.activeElement?.closest("[data-record]")?.textContent ?? "none";
}

it("leaves the focus to the next line when one is taken back, and to the field for a new note when none is left", async () => {
  const { host, user } = openRecords("notes", { client: CLIENT.unsigned });
  await screen.findByText("No notes yet");
  for (const text of ["First", "Second"]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, so that their order is known
    await act(() => host.call("note_add", { clientId: CLIENT.unsigned, text }));
  }
  await waitFor(() => expect(screen.getAllByTestId("note-row")).toHaveLength(2));
  const [top, below] = screen.getAllByTestId("note-row").map((row) => row.querySelector("p")?.textContent ?? "");
  await user.click(within(await line("note-row", top ?? "")).getByTestId("take-back"));
  await waitFor(() => expect(screen.getAllByTestId("note-row")).toHaveLength(1));
  expect(focused()).toContain(below);
  await user.keyboard("z");
  await screen.findByText("No notes yet");
  expect(document.activeElement).toBe(screen.getByTestId("note-new"));
});

it("leaves it to the control that begins a record where no agreement is left", async () => {
  const { host, user } = openDesk({ at: `${atClient(CLIENT.unsigned)}/agreements`, pull: "stays" });
  await screen.findByText("No agreements");
  await act(() => host.call("agreement_add", { clientId: CLIENT.unsigned, name: "Terms", kind: "service", signedOn: null, token: null }));
  await user.click(await screen.findByTestId("take-back"));
  await screen.findByText("No agreements");
  expect(document.activeElement).toBe(screen.queryByTestId("product-row") ?? screen.getByTestId("agreement-add"));
});

it("keeps it on the line that stays when its control goes, and where it was below a message that took the record back", async () => {
  const { user } = openRecords("documents");
  await screen.findAllByTestId("document-row");
  await user.keyboard("j");
  const was = focused();
  await user.keyboard("{Delete}");
  await screen.findByText("Removal waiting");
  await user.click(screen.getByTestId("take-back"));
  await waitFor(() => expect(screen.queryByText("Removal waiting")).toBeNull());
  expect(focused()).toBe(was);
  await user.keyboard("{Delete}");
  await user.click(await screen.findByTestId("undo"));
  await waitFor(() => expect(screen.queryByText("Removal waiting")).toBeNull());
  await waitFor(() => expect(focused()).toBe(was));
});
