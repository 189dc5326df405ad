import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { makeItems } from "../src/host/fake/people";
import { CLIENT, type Desk, atClient, items, lastTake, openDesk, timesAsked } from "./desk";

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
  const row = (await items()).find((one) => one.textContent?.includes("excluded from disputes"));
  expect(row?.textContent).toContain("It is excluded from disputes on the portal.");
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

/** Moves to a client's first item that may be disputed and has late payments, and asks what to exclude. */
async function askToExclude(): Promise<Desk & { row: HTMLElement }> {
  const desk = openDesk({ at: atClient("1030") });
  const rows = await items();
  const row = rows.find((one) => one.getAttribute("aria-disabled") === null && / \/ /.test(one.textContent));
  if (!row) {
    throw new Error("No such item");
  }
  row.focus();
  await desk.user.keyboard("x");
  await screen.findByTestId("exclude-dialog");
  return { ...desk, row };
}

it("excludes an item with X and a reason, says so on the item, and includes it again", async () => {
  const { host, user, row } = await askToExclude();
  await user.type(await screen.findByTestId("exclude-reason"), "Client wants to keep this account");
  await user.click(screen.getByTestId("exclude-confirm"));
  await waitFor(() => expect(row.getAttribute("aria-disabled")).toBe("true"));
  expect(within(row).getByTestId("item-excluded").textContent).toContain("Client wants to keep this account");
  expect(lastTake(host, "exclusion_add")).toMatchObject({ what: { kind: "item", itemId: row.dataset["itemId"] }, reason: "Client wants to keep this account" });
  row.focus();
  await user.keyboard("x");
  await screen.findByTestId("include");
  await user.keyboard("{Control>}{Shift>}{Enter}{/Shift}{/Control}");
  await waitFor(() => expect(row.getAttribute("aria-disabled")).toBeNull());
});

it("excludes one late payment, and the item can still be chosen", async () => {
  const { host, user, row } = await askToExclude();
  await user.click(await screen.findByTestId("exclude-late_payment"));
  expect(screen.getByTestId<HTMLButtonElement>("exclude-confirm").disabled).toBe(true);
  await user.type(screen.getByTestId("exclude-payment"), "90 days late in May 2025");
  await user.click(screen.getByTestId("exclude-confirm"));
  await waitFor(() => expect(row.textContent).toContain("1 late payment excluded"));
  expect(lastTake(host, "exclusion_add")).toMatchObject({ what: { kind: "late_payment", payment: "90 days late in May 2025" } });
  expect(row.getAttribute("aria-disabled")).toBeNull();
});

it("excludes everything of a bureau, with a way back", async () => {
  const { user, row } = await askToExclude();
  const bureau = row.dataset["bureau"] ?? "";
  await user.click(await screen.findByTestId("exclude-bureau"));
  await user.click(screen.getByTestId("exclude-confirm"));
  const theirs = () => screen.getAllByTestId("item-row").filter((one) => one.dataset["bureau"] === bureau);
  await waitFor(() => expect(theirs().every((one) => one.getAttribute("aria-disabled") === "true")).toBe(true));
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(row.getAttribute("aria-disabled")).toBeNull());
});

/** Chooses three items that may be disputed, and asks to exclude them at once. */
async function askToExcludeThree(): Promise<Desk & { rows: HTMLElement[] }> {
  const desk = openDesk({ at: atClient("1030") });
  const rows = (await items()).filter((one) => one.getAttribute("aria-disabled") === null).slice(0, 3);
  for (const row of rows) {
    await desk.user.click(row);
  }
  await desk.user.keyboard("{Shift>}X{/Shift}");
  await screen.findByRole("dialog", { name: "Exclude 3 items from disputes" });
  return { ...desk, rows };
}

function excludedOf(rows: readonly HTMLElement[]): boolean[] {
  return rows.map((row) => row.getAttribute("aria-disabled") === "true");
}

it("excludes all chosen items at once for one reason, and takes all of it back", async () => {
  const { host, user, rows } = await askToExcludeThree();
  expect(within(screen.getByTestId("exclude-items")).getAllByRole("listitem")).toHaveLength(3);
  await user.type(screen.getByTestId("exclude-reason"), "Settled last week{Enter}");
  await waitFor(() => expect(excludedOf(rows)).toEqual([true, true, true]));
  expect(screen.getByText("3 items are excluded.")).toBeTruthy();
  for (const row of rows) {
    expect(within(row).getByTestId("item-excluded").textContent).toContain("Settled last week");
  }
  expect(timesAsked(host, "exclusion_add")).toBe(3);
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(excludedOf(rows)).toEqual([false, false, false]));
});

it("says which of several were excluded before one failed, and goes on with the rest", async () => {
  const { host, user, rows } = await askToExcludeThree();
  // The first goes through; the one after it fails.
  const stop = host.onDeskEvent(({ type }) => {
    if (type === "changed") {
      stop();
      host.fail("exclusion_add", { code: "disk_full", message: "There is no space left on the disk." });
    }
  });
  await user.click(screen.getByTestId("exclude-confirm"));
  const problem = await screen.findByTestId("problem");
  expect(problem.textContent).toContain("There is no space left on the disk.");
  expect(problem.textContent).toContain("1 item is excluded already");
  await waitFor(() => expect(excludedOf(rows)).toEqual([true, false, false]));
  expect(screen.getByTestId("exclude-confirm").textContent).toBe("Exclude 2 items");
  await user.click(screen.getByTestId("exclude-confirm"));
  await waitFor(() => expect(excludedOf(rows)).toEqual([true, true, true]));
  expect(timesAsked(host, "exclusion_add")).toBe(4);
});

it("says why what was excluded could not be taken back", async () => {
  const { host, user, row } = await askToExclude();
  await user.click(await screen.findByTestId("exclude-confirm"));
  await waitFor(() => expect(row.getAttribute("aria-disabled")).toBe("true"));
  host.fail("exclusion_remove", { code: "disk_full", message: "There is no space left on the disk." });
  await user.keyboard("{Control>}z{/Control}");
  expect((await screen.findByRole("alert")).textContent).toContain("There is no space left on the disk.");
  expect(row.getAttribute("aria-disabled")).toBe("true");
});

it("says of an item that the portal excludes where to change that", async () => {
  const { user } = openDesk({ at: atClient("1030") });
  await items();
  await user.click((await screen.findAllByTestId("item-excluded"))[0] ?? document.body);
  expect((await screen.findByTestId("excluded-in-portal")).textContent).toContain("Change that in the portal");
  expect(screen.queryByTestId("exclude-confirm")).toBeNull();
});

it("shows that an agreement can still be cancelled, in the list, on the client and at the desk", async () => {
  const { user } = openDesk({ at: "#/clients" });
  await screen.findAllByTestId("client-row");
  await user.keyboard("1010");
  await waitFor(() => expect(screen.getAllByTestId("client-row")).toHaveLength(1));
  expect(screen.getByTestId("client-row").textContent).toContain("Can cancel");
  await user.keyboard("{Enter}");
  expect((await screen.findByTestId("agreement-cancellable")).textContent).toContain("three business days");
  expect(screen.getByTestId("client-header").textContent).toContain("Can still be cancelled");
});
