import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { makeItems } from "../src/host/fake/people";
import { date } from "../src/lib/format";
import { CLIENT, type Desk, atClient, items, lastTake, openDesk } from "./desk";

/** The items of a client to whom two bureaus owe an answer. */
function atItems(): Desk {
  return openDesk({ at: atClient(CLIENT.whole), day: true, pull: "stays" });
}

async function disputed(): Promise<HTMLElement> {
  const rounds = (await screen.findAllByTestId("item-rounds"))[0];
  const row = rounds?.closest<HTMLElement>("tr");
  if (!row) {
    throw new Error("no item was disputed");
  }
  return row;
}

it("shows on the row when an item has to leave the report, and why", async () => {
  atItems();
  const [row] = await items();
  const item = makeItems(30).find(({ id }) => id === row?.dataset["itemId"]);
  const leaves = item?.obsolescence.leaves ?? "";
  expect(row?.textContent).toContain(`${item?.obsolescence.atLatest ? "off by" : "off on"} ${date(leaves)}`);
  expect(within(row ?? document.body).getByTitle(item?.obsolescence.because ?? "none")).toBeTruthy();
});

it("opens all of an item by Enter: its days, what its leaving follows from; and goes back to its row", async () => {
  const { user } = atItems();
  const rows = await items();
  await user.keyboard("j{Enter}");
  const dialog = await screen.findByRole("dialog", { name: "Negative item" });
  const item = makeItems(30).find(({ id }) => id === rows[0]?.dataset["itemId"]);
  expect(dialog.textContent).toContain(item?.accountName);
  expect(within(dialog).getByTestId("item-leaves").textContent).toContain(item?.obsolescence.because);
  expect(within(dialog).getByText("Late or worse, last").nextElementSibling?.textContent).toBe(date(item?.lastAdverse ?? ""));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(document.activeElement).toBe(rows[0]));
});

it("tells every dispute of an item, records what came of one, and takes that back", async () => {
  const { host, user } = atItems();
  const row = await disputed();
  await user.click(within(row).getByTestId("item-rounds"));
  const dialog = await screen.findByRole("dialog", { name: "Negative item" });
  const dispute = await within(dialog).findByTestId("item-dispute");
  expect(dispute.textContent).toMatch(/Round 1.*mailed \d\d\/\d\d\/\d{4}.*Answer due/);
  expect(row.getAttribute("aria-selected")).toBe("false");
  await user.click(within(dispute).getByTestId("outcome"));
  await user.click(await screen.findByTestId("outcome-verified"));
  await waitFor(() => expect(within(dialog).getByTestId("item-dispute").textContent).toContain("Verified"));
  expect(lastTake(host, "follow_up_outcome")).toMatchObject({ itemIds: [row.dataset["itemId"]], outcome: "verified" });
  await user.click(await screen.findByTestId("undo"));
  await waitFor(() => expect(within(dialog).getByTestId("item-dispute").textContent).toContain("No outcome yet"));
});

it("says that nothing is out about an item, and leads to excluding it", async () => {
  const { user } = openDesk({ at: atClient(CLIENT.whole) });
  await items();
  await user.keyboard("j{Enter}");
  const dialog = await screen.findByRole("dialog", { name: "Negative item" });
  await within(dialog).findByText("No letter of this desk about it is out.");
  await user.keyboard("x");
  expect(await screen.findByRole("dialog", { name: "Exclude from disputes" })).toBeTruthy();
});

it("excludes by the mouse without choosing the row", async () => {
  const { user } = atItems();
  const [row] = await items();
  await user.click(within(row ?? document.body).getByTestId("item-exclude"));
  expect(await screen.findByRole("dialog", { name: "Exclude from disputes" })).toBeTruthy();
  expect(row?.getAttribute("aria-selected")).toBe("false");
});

it("keeps the account and leaves out what is not needed in the narrowest window", async () => {
  window.innerWidth = 1024;
  atItems();
  await items();
  const heads = screen.getAllByRole("columnheader").map(({ textContent }) => textContent);
  expect(heads).toEqual(["Chosen", "Account", "Kind", "Balance", "Reported", "Reason"]);
});
