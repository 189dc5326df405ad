import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { CLIENT, type Desk, atClient, openDesk } from "./desk";
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

it("opens by Shift+A and offers no way to change anything", async () => {
  const { user } = openDesk({ at: atClient(CLIENT.whole) });
  await screen.findAllByTestId("item-row");
  await user.keyboard("{Shift>}A{/Shift}");
  const region = await screen.findByRole("region", { name: "Agreements" });
  await screen.findAllByTestId("agreement-row");
  expect(window.location.hash).toBe(`#/clients/${CLIENT.whole}/agreements`);
  expect(within(region).queryAllByRole("button").map((button) => button.dataset["action"])).toEqual(["open"]);
  await user.keyboard("j");
  expect(document.activeElement).toBe(screen.getAllByTestId("agreement-row")[0]);
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
