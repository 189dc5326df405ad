import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { makeItems } from "../src/host/fake/people";
import { CLIENT, atClient, items, openDesk } from "./desk";

const AT = { at: atClient(CLIENT.whole) };

function chosen(): string[] {
  return screen
    .getAllByTestId("item-row")
    .filter((row) => row.getAttribute("aria-selected") === "true")
    .map((row) => row.dataset["itemId"] ?? "");
}

it("groups the items under the bureau that reports them", async () => {
  openDesk(AT);
  const rows = await items();
  const bureaus = rows.map((row) => row.dataset["bureau"]);
  expect(bureaus).toEqual(bureaus.toSorted((one = "", other = "") => one.localeCompare(other)));
  const heads = within(screen.getByRole("grid", { name: "Negative items" })).getAllByRole("rowheader");
  expect(heads.map((head) => head.textContent)).toEqual(["Equifax 3 items", "Experian 2 items", "TransUnion 2 items"]);
});

it("chooses with J and Space, and never chooses a reason", async () => {
  const { user } = openDesk(AT);
  const rows = await items();
  await user.keyboard("jj ");
  expect(chosen()).toEqual([rows[1]?.dataset["itemId"]]);
  expect(within(rows[1] ?? document.body).getByTestId("item-reason").textContent).toBe("Pick a reason");
  await user.keyboard("k jjj");
  expect(chosen()).toHaveLength(2);
  await user.keyboard(" ");
  expect(document.activeElement).toBe(rows[3]);
});

it("shows an excluded item with the reason why, and lets nobody choose it", async () => {
  const { user } = openDesk(AT);
  const row = (await items()).find((one) => one.textContent?.includes("Excluded"));
  expect(row?.textContent).toContain("Excluded: must not be disputed");
  await user.click(row ?? document.body);
  await user.keyboard(" ");
  await user.keyboard("r");
  expect(chosen()).toEqual([]);
  expect(screen.queryByRole("option")).toBeNull();
});

it("gives the focused item a reason and chooses it, and returns to its row", async () => {
  const { user } = openDesk(AT);
  const rows = await items();
  await user.keyboard("jr");
  const search = await screen.findByRole("combobox", { name: "Reason for 1 item" });
  await user.type(search, "not mine");
  expect(screen.getAllByRole("option")).toHaveLength(1);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(rows[0]?.textContent).toContain("This account is not mine"));
  expect(chosen()).toEqual([rows[0]?.dataset["itemId"]]);
  await waitFor(() => expect(document.activeElement).toBe(rows[0]));
});

it("gives all chosen items the same reason with Shift+R", async () => {
  const { user } = openDesk(AT);
  await items();
  await user.keyboard("j j ");
  await user.keyboard("{Shift>}R{/Shift}");
  await screen.findByRole("combobox", { name: "Reason for 2 items" });
  // Enter before any line was gone to picks none.
  await user.keyboard("{Enter}");
  expect(screen.getAllByTestId("item-reason").map((one) => one.textContent)).toEqual(["Pick a reason", "Pick a reason"]);
  await user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  await waitFor(() => expect(screen.getAllByTestId("item-reason").map((one) => one.textContent)).toEqual([
    "The balance is incorrect",
    "The balance is incorrect",
  ]));
});

it("shows the codes of a reason at each bureau", async () => {
  const { user } = openDesk(AT);
  await items();
  await user.keyboard("jr");
  const [first] = await screen.findAllByRole("option");
  expect(first?.textContent).toContain("E10 / X20 / T30");
});

it("narrows the table without changing the choice", async () => {
  const { user } = openDesk(AT);
  await items();
  const own = makeItems(30);
  await user.keyboard("j ");
  await user.click(screen.getByTestId("filter-collections"));
  expect(screen.getAllByTestId("item-row")).toHaveLength(own.filter(({ collection }) => collection).length);
  expect(screen.getByTestId("chosen-count").textContent).toBe("1 item chosen");
  await user.click(screen.getByTestId("filter-chosen"));
  expect(screen.getAllByTestId("item-row")).toHaveLength(1);
});

it("keeps the choice while another page is open", async () => {
  const { user } = openDesk(AT);
  await items();
  await user.keyboard("j ");
  await user.keyboard("{F1}");
  await screen.findByText("From a client to printed letters");
  await user.click(screen.getByTestId("nav-clients"));
  const row = (await screen.findAllByTestId("client-row")).find((one) => one.dataset["clientId"] === CLIENT.whole);
  await user.click(row ?? document.body);
  await items();
  expect(screen.getByTestId("chosen-count").textContent).toBe("1 item chosen");
});

it("shows what is unknown as unknown", async () => {
  const index = Array.from({ length: 40 }, (_, at) => at).find((at) => makeItems(at).some(({ balance }) => balance === null)) ?? -1;
  openDesk({ at: atClient(String(1000 + index)) });
  const rows = await items();
  const known = makeItems(index).map(({ balance }) => balance !== null);
  expect(rows.map((row) => !row.textContent?.includes("unknown"))).toEqual(known);
});

it("says why the items cannot be read, and reads them again", async () => {
  const { host, user } = openDesk({ ...AT, pull: "stays" });
  host.fail("item_list", { code: "internal", message: "The items could not be read. The log has more." });
  const problem = await screen.findByTestId("problem");
  expect(problem.textContent).toContain("The items could not be read.");
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  await items();
});
