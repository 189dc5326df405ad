import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakeFile } from "../src/host/fake/records";
import { CLIENT, type Desk, atClient, fillIn, hasFocus, lastTake, openDesk, timesAsked } from "./desk";
import { UNREACHED, line } from "./records";

function atAgreements(options: Parameters<typeof openDesk>[0] & { client?: string } = {}): Desk {
  const { client = CLIENT.whole, ...rest } = options;
  return openDesk({ at: `${atClient(client)}/agreements`, ...rest });
}

it("shows each agreement as it stands, with its days and its file", async () => {
  atAgreements();
  const signed = await line("agreement-row", "Service agreement");
  expect(signed.dataset["state"]).toBe("signed");
  expect(signed.textContent).toContain("02/12/2024");
  expect(signed.textContent).toContain("Signed agreement, PDF");
  const cancellable = await line("agreement-row", "Monitoring terms");
  expect(cancellable.textContent).toContain("Can still be cancelled");
  expect(cancellable.textContent).toContain("through 03/18/2024");
  expect(cancellable.textContent).toContain("None in the portal");
  const unsigned = await line("agreement-row", "Third party authorization");
  expect(unsigned.textContent).toContain("Not signed");
  expect(screen.getByTestId("tab-agreements").textContent).toBe("Agreements 3");
  expect(within(screen.getByRole("region", { name: "Agreements" })).getByText("Letters are permitted.")).toBeTruthy();
});

it("shows what the client bought with its prices, and what nobody knows as unknown", async () => {
  atAgreements();
  const complete = await line("product-row", "Credit repair, complete");
  for (const text of ["CR-COMPLETE", "$149.00", "$119.95", "02/12/2024"]) {
    expect(complete.textContent).toContain(text);
  }
  const bare = await line("product-row", "COACH");
  expect(within(bare).getAllByText("unknown").length).toBe(4);
});

it("opens the file of an agreement with O, and comes back to its line", async () => {
  const { host, user } = atAgreements();
  const signed = await line("agreement-row", "Service agreement");
  signed.focus();
  await user.keyboard("o");
  await screen.findByTestId("file-viewer");
  expect(host.calls.find(({ name }) => name === "file_open")?.take).toMatchObject({ file: { kind: "stored" } });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("opens by Shift+A, and goes through its lines by keys", async () => {
  const { user } = openDesk({ at: atClient(CLIENT.whole) });
  await screen.findAllByTestId("item-row");
  await user.keyboard("{Shift>}A{/Shift}");
  await screen.findAllByTestId("agreement-row");
  expect(window.location.hash).toBe(`#/clients/${CLIENT.whole}/agreements`);
  await user.keyboard("j");
  expect(document.activeElement).toBe(screen.getAllByTestId("agreement-row")[0]);
});

it("records an agreement that was signed elsewhere: waiting, not to be opened, and taken back with Undo", async () => {
  const { host, user } = atAgreements({ client: CLIENT.unsigned, pull: "stays" });
  await screen.findByText("No agreements");
  await user.keyboard("a");
  await hasFocus("agreement-name");
  expect(screen.getByTestId("agreement-sentence").textContent).toContain("until the portal has it, and until one is signed.");
  await user.keyboard("Signed at the counter");
  await user.click(screen.getByTestId("agreement-kind"));
  await user.click(await screen.findByRole("option", { name: "Third party authorization", hidden: true }));
  await user.type(screen.getByTestId("agreement-day"), "3/1/2024");
  expect(screen.getByTestId("agreement-sentence").textContent).toContain("Letters wait until the portal has it.");
  act(() => host.emit({ type: "dropped", body: [fakeFile({ token: "paper" })] }));
  await screen.findByText("paper.pdf");
  await user.keyboard("{Control>}{Enter}{/Control}");
  const row = await line("agreement-row", "Signed at the counter");
  expect(lastTake(host, "agreement_add")).toEqual({
    clientId: CLIENT.unsigned,
    name: "Signed at the counter",
    kind: "third_party_authorization",
    signedOn: "2024-03-01",
    token: "paper",
  });
  expect(within(row).getByTestId("outbox-mark").textContent).toBe("Waiting");
  expect(row.textContent).toContain("03/01/2024");
  expect(row.textContent).toContain("Not in the portal yet");
  expect(row.querySelector("[data-action=open]")).toBeNull();
  expect(screen.getByText("Letters wait until the portal has the agreement that is in the outbox.")).toBeTruthy();
  expect(window.location.hash).toBe(`${atClient(CLIENT.unsigned)}/agreements`);
  expect(screen.getByText("“Signed at the counter” waits in the outbox. Letters wait until the portal has it.")).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.keyboard("{Control>}z{/Control}");
  await screen.findByText("No agreements");
});

it("takes a type of one's own, no day and no file, and lets it be taken back on its line", async () => {
  const { host, user } = atAgreements({ pull: "stays" });
  await user.click(await screen.findByTestId("agreement-add"));
  expect((await screen.findByTestId("agreement-sentence")).textContent).toBe("It waits in the outbox and is recorded in the portal as soon as it can be reached.");
  await fillIn({ user }, { "agreement-name": "Terms", "agreement-kind": "coaching" });
  await user.click(screen.getByTestId("agreement-confirm"));
  const row = await line("agreement-row", "Terms");
  expect(lastTake(host, "agreement_add")).toMatchObject({ kind: "coaching", signedOn: null, token: null });
  expect(row.textContent).toContain("Not signed");
  expect(screen.getAllByTestId("agreement-row")).toHaveLength(4);
  await user.click(within(row).getByRole("button", { name: "Do not record" }));
  await waitFor(() => expect(screen.getAllByTestId("agreement-row")).toHaveLength(3));
});

it("records nothing unfinished, no day that is none or is to come, and no file that cannot be taken", async () => {
  const { host, user } = atAgreements({ pull: "stays" });
  await user.click(await screen.findByTestId("agreement-add"));
  await user.click(await screen.findByTestId("agreement-confirm"));
  expect(await screen.findAllByText("Fill this in.")).toHaveLength(2);
  await fillIn({ user }, { "agreement-name": "Terms", "agreement-kind": "service", "agreement-day": "3/1" });
  await user.click(screen.getByTestId("agreement-confirm"));
  expect(screen.getByText("Write the day as MM/DD/YYYY.")).toBeTruthy();
  await user.clear(screen.getByTestId("agreement-day"));
  await fillIn({ user }, { "agreement-day": "3/1/2199" });
  await user.click(screen.getByTestId("agreement-confirm"));
  expect(screen.getByText(/^Not after/)).toBeTruthy();
  await user.clear(screen.getByTestId("agreement-day"));
  host.chooseFiles([fakeFile({ token: "bad", format: null, problem: { code: "bad_request", message: "This is not a JPEG, PNG, PDF or Word file." } })]);
  await user.click(screen.getByTestId("choose-file"));
  expect((await screen.findByTestId("file-refused")).textContent).toContain("not a JPEG");
  expect(screen.getByTestId<HTMLButtonElement>("agreement-confirm").disabled).toBe(true);
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(timesAsked(host, "agreement_add")).toBe(0);
  await user.click(screen.getByRole("button", { name: "Leave out bad.pdf" }));
  expect(document.activeElement).toBe(screen.getByTestId("choose-file"));
  host.fail("agreement_add", { code: "bad_request", message: "signedOn: not a date", fields: { signedOn: ["not a date"] } });
  await user.click(screen.getByTestId("agreement-confirm"));
  expect(await screen.findByText("not a date")).toBeTruthy();
  expect(screen.queryByTestId("problem")).toBeNull();
  host.fail("agreement_add", UNREACHED);
  await user.click(screen.getByTestId("agreement-confirm"));
  expect(await screen.findByText(UNREACHED.message)).toBeTruthy();
});

it("reads them again when the outbox says that something changed", async () => {
  const { host } = atAgreements({ pull: "stays" });
  await screen.findAllByTestId("agreement-row");
  const before = timesAsked(host, "agreement_list");
  act(() => host.emit({ type: "changed", body: ["outbox"] }));
  await waitFor(() => expect(timesAsked(host, "agreement_list")).toBeGreaterThan(before));
});

it("tells not signed, not read and not permitted apart", async () => {
  const unsigned = atAgreements({ client: CLIENT.unsigned });
  await screen.findByText("No agreements");
  expect(screen.getByText("No letters before one is signed.")).toBeTruthy();
  unsigned.view.unmount();
  const unread = atAgreements({ client: "1005", access: "unread" });
  await screen.findByText("The agreements were not read yet");
  await screen.findByText("The products were not read yet");
  unread.view.unmount();
  const products = atAgreements({ access: "forbidden" });
  await screen.findByText("Your account may not read products");
  await screen.findAllByTestId("agreement-row");
  products.view.unmount();
  atAgreements({ forbidden: ["agreements"] });
  await screen.findByText("Your account may not read agreements");
  await screen.findAllByTestId("product-row");
});

it("is whole without a network, and says from when it is", async () => {
  atAgreements({ pull: "stays", sync: { online: false } });
  await screen.findAllByTestId("product-row");
  expect(screen.getByTestId("records-offline").textContent).toContain("as it was at the last sync");
});

it("says why one of the two cannot be read, keeps the other, and reads it again", async () => {
  const { host, user } = openDesk({ at: atClient(CLIENT.whole), pull: "stays" });
  host.fail("product_list", UNREACHED);
  await screen.findAllByTestId("item-row");
  await user.keyboard("{Shift>}A{/Shift}");
  await screen.findAllByTestId("agreement-row");
  const problem = await screen.findByTestId("problem");
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  await screen.findAllByTestId("product-row");
});
