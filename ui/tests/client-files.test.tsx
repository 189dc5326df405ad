import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { CLIENT, lastTake, timesAsked } from "./desk";
import { UNREACHED, line, openRecords, outboxMoves } from "./records";

it("lists the other files of the client below the documents, and opens them by keys", async () => {
  const { user } = openRecords("documents");
  const row = await line("client-file-row", "Police report");
  expect(row.textContent).toContain("PDF, 312 KB");
  expect((await line("client-file-row", "File without a caption")).textContent).toContain("JPG");
  await screen.findAllByTestId("document-row");
  await user.keyboard("jjjjo");
  const viewer = await screen.findByTestId("file-viewer");
  await waitFor(() => expect(viewer.textContent).toContain("Police report"));
  await user.keyboard("j");
  await waitFor(() => expect(screen.getByRole("dialog", { name: "File without a caption" })).toBeTruthy());
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("marks one that was opened as here at once, without asking the portal again", async () => {
  const { host, user } = openRecords("documents");
  const row = await line("client-file-row", "Police report");
  expect(within(row).getByTestId("thumbnail").dataset["drawn"]).toBe("false");
  const asked = timesAsked(host, "client_file_list");
  await user.click(screen.getByRole("button", { name: "Open Police report" }));
  await waitFor(() => expect(within(row).getByTestId("thumbnail").dataset["drawn"]).toBe("true"));
  expect(row.querySelector('[data-action="open"]')?.getAttribute("data-hint")).toBe("Open");
  expect(timesAsked(host, "client_file_list")).toBe(asked);
});

it("removes one with a way back, says what the portal does, and keeps the focus on its line", async () => {
  const desk = openRecords("documents");
  const { host, user } = desk;
  await line("client-file-row", "Police report");
  await user.click(screen.getByRole("button", { name: "Remove Police report from the client" }));
  await screen.findByText("“Police report” will be removed from the client. The portal deletes it if nothing else uses it.");
  expect(lastTake(host, "client_file_unlink")).toEqual({ clientId: CLIENT.whole, fileId: "7741" });
  const leaving = await waitFor(() => line("client-file-row", "Removal waiting"));
  expect(leaving.dataset["leaving"]).toBe("true");
  expect(document.activeElement).toBe(leaving);
  await user.click(within(leaving).getByRole("button", { name: "Keep it" }));
  await waitFor(() => expect(screen.queryByText("Removal waiting")).toBeNull());
  await user.keyboard("{Delete}");
  await waitFor(() => line("client-file-row", "Removal waiting"));
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(screen.queryByText("Removal waiting")).toBeNull());
});

it("asks the portal again when a removal went through, and not for what else the outbox does", async () => {
  const desk = openRecords("documents");
  const { host, user } = desk;
  await line("client-file-row", "Police report");
  const first = timesAsked(host, "client_file_list");
  act(() => host.emit({ type: "changed", body: ["outbox", "clients", "documents"] }));
  await waitFor(() => expect(timesAsked(host, "outbox_list")).toBeGreaterThan(1));
  expect(timesAsked(host, "client_file_list")).toBe(first);
  await user.click(screen.getByRole("button", { name: "Remove Police report from the client" }));
  await waitFor(() => line("client-file-row", "Removal waiting"));
  await outboxMoves(desk, "tie-1", { stage: "sending" });
  await waitFor(() => line("client-file-row", "Sending"));
  await outboxMoves(desk, "tie-1", { stage: "done" });
  await waitFor(() => expect(screen.getAllByTestId("client-file-row")).toHaveLength(1));
  expect(screen.queryByText("Police report")).toBeNull();
});

it("says that there are none, also where there are no documents", async () => {
  openRecords("documents", { client: CLIENT.unsigned });
  expect(await screen.findByText("No other files")).toBeTruthy();
});

it("says offline that they come with the portal, and asks for them once it is back", async () => {
  const { host } = openRecords("documents", { sync: { online: false } });
  expect((await screen.findByTestId("client-files-offline")).textContent).toBe("Offline: they are shown once the portal can be reached.");
  await screen.findAllByTestId("document-row");
  expect(timesAsked(host, "client_file_list")).toBe(0);
  await act(async () => {
    await host.call("client_file_link", { clientId: CLIENT.whole, fileId: "7720" });
  });
  await waitFor(() => expect(screen.getByTestId("client-files-offline").textContent).toContain("1 change of them waits in the outbox."));
  act(() => host.setSync({ online: true }));
  await line("client-file-row", "Dispute letter");
});

it("says that the account may not read them, and why else they cannot be read, with the documents kept", async () => {
  const forbidden = openRecords("documents");
  forbidden.host.fail("client_file_list", { code: "forbidden", message: "Your account may not do this." });
  expect(await screen.findByText("Your account may not read these files")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  forbidden.view.unmount();
  const { host, user } = openRecords("documents");
  host.fail("client_file_list", UNREACHED);
  await user.click(within(await screen.findByTestId("problem")).getByRole("button", { name: "Try again" }));
  await line("client-file-row", "Police report");
  await screen.findAllByTestId("document-row");
});
