import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ClientSearch } from "../src/host/bindings";
import { CLIENT, atClient, lastTake, openDesk, timesAsked } from "./desk";

function searches(host: ReturnType<typeof openDesk>["host"]) {
  return host.calls.flatMap(({ name, take }) => (name === "client_search" ? [take] : []));
}

it("draws and fetches only what is in sight of 100,000 clients", async () => {
  const { host } = openDesk({ clients: 100_000 });
  const rows = await screen.findAllByTestId("client-row");
  expect(screen.getByTestId("client-total").textContent).toBe("100,000");
  expect(rows.length).toBeLessThan(60);
  expect(searches(host).length).toBeLessThan(8);
  expect(searches(host)).toSatisfy((takes: ClientSearch[]) => takes.every(({ offset, limit }) => offset === 0 && limit <= 100));
  expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("100001");
});

it("finds by the last four of the SSN and opens with Enter", async () => {
  const { user } = openDesk();
  const [first] = await screen.findAllByTestId("client-row");
  const four = /••• (\d{4})/.exec(first?.textContent ?? "")?.[1] ?? "none";
  await user.keyboard(four);
  await waitFor(() => expect(screen.getAllByTestId("client-row")).toHaveLength(1));
  await user.keyboard("{Enter}");
  await screen.findByTestId("client-header");
  expect(window.location.hash).toBe(atClient(first?.dataset["clientId"] ?? ""));
});

it("moves with the arrows and opens the row it stands on", async () => {
  const { user } = openDesk();
  const rows = await screen.findAllByTestId("client-row");
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
  expect(screen.getAllByTestId("client-row").filter((row) => row.getAttribute("aria-selected") === "true")).toEqual([rows[1]]);
  expect(document.activeElement?.getAttribute("aria-activedescendant")).toBe(rows[1]?.id);
  await user.keyboard("{Enter}");
  await screen.findByTestId("client-header");
  expect(window.location.hash).toBe(atClient(rows[1]?.dataset["clientId"] ?? ""));
});

it("has read the client on whom the list rests before Enter is pressed", async () => {
  const { host, user } = openDesk();
  const [, second] = await screen.findAllByTestId("client-row");
  await user.keyboard("{ArrowDown}");
  await waitFor(() => expect(lastTake(host, "item_list")).toEqual({ id: second?.dataset["clientId"] }));
  host.hold("client_get");
  host.hold("item_list");
  await user.keyboard("{Enter}");
  expect((await screen.findAllByTestId("item-row")).length).toBeGreaterThan(0);
});

it("opens the columns by keys from the search, and gives the focus back", async () => {
  const { user } = openDesk();
  await screen.findAllByTestId("client-row");
  await user.keyboard("{Control>}{Shift>}l{/Shift}{/Control}");
  await user.click(await screen.findByTestId("column-email"));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId("column-email")).toBeNull());
  expect(screen.getAllByRole("columnheader").map(({ textContent }) => textContent)).toContain("E-mail");
});

it("shows the columns that the agent chose, also the next time", async () => {
  const { user, view } = openDesk();
  const heads = () => screen.getAllByRole("columnheader").map(({ textContent }) => textContent);
  await screen.findAllByTestId("client-row");
  expect(heads()).toEqual(["Name", "City, state", "Phone", "SSN", "Items", "Agreement"]);
  await user.click(screen.getByTestId("columns"));
  await user.click(await screen.findByTestId("column-email"));
  await user.click(screen.getByTestId("column-ssn"));
  expect(heads()).toEqual(["Name", "City, state", "E-mail", "Phone", "Items", "Agreement"]);
  view.unmount();
  openDesk();
  await screen.findAllByTestId("client-row");
  expect(heads()).toEqual(["Name", "City, state", "E-mail", "Phone", "Items", "Agreement"]);
  await user.click(screen.getByTestId("columns"));
  await screen.findByTestId("columns-usual");
  await user.keyboard("{Control>}{Shift>}j{/Shift}{/Control}");
  expect(heads()).toContain("SSN");
});

it("says how fresh a client is, and why it may not be", async () => {
  const { host } = openDesk({ at: atClient(CLIENT.whole) });
  await waitFor(() => expect(screen.getByTestId("freshness").textContent).toBe("Checked just now"));
  expect(host.calls.find(({ name }) => name === "client_refresh")?.take).toEqual({ id: CLIENT.whole });
  host.fail("client_refresh", { code: "not_found", message: "This client is no longer in the portal." });
  window.location.hash = atClient(CLIENT.unsigned);
  await waitFor(() => expect(screen.getByTestId("freshness").textContent).toBe("No longer in the portal"));
});

it("keeps the rows of the last search until those of the new one are here", async () => {
  const { host, user } = openDesk();
  const before = (await screen.findAllByTestId("client-row")).length;
  const release = host.hold("client_search");
  await user.keyboard("1030");
  await waitFor(() => expect(screen.getByRole("grid").getAttribute("aria-busy")).toBe("true"));
  expect(screen.getAllByTestId("client-row")).toHaveLength(before);
  release();
  await waitFor(() => expect(screen.getAllByTestId("client-row")).toHaveLength(1));
});

it("opens what was typed, not what still stands in the list, when Enter comes early", async () => {
  const { host, user } = openDesk();
  await screen.findAllByTestId("client-row");
  const release = host.hold("client_search");
  await user.keyboard("1030{Enter}");
  expect(window.location.hash).toBe("#/clients");
  release();
  await screen.findByTestId("client-header");
  expect(window.location.hash).toBe(atClient("1030"));
});

it("clears the search with Esc, and comes back to it as it was left", async () => {
  const { user } = openDesk();
  await screen.findAllByTestId("client-row");
  await user.keyboard("1030");
  await waitFor(() => expect(screen.getAllByTestId("client-row")).toHaveLength(1));
  await user.keyboard("{Enter}");
  await screen.findByTestId("client-header");
  await user.click(screen.getByTestId("back"));
  expect((await screen.findByTestId<HTMLInputElement>("client-search")).value).toBe("1030");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.getAllByTestId("client-row").length).toBeGreaterThan(1));
});

it("says that nobody matches, and what to try", async () => {
  const { user } = openDesk();
  await screen.findAllByTestId("client-row");
  await user.keyboard("zzzz");
  expect(await screen.findByText("No client matches")).toBeTruthy();
});

it("says why the list cannot be read, and reads it again", async () => {
  const { host, user } = openDesk({ pull: "stays" });
  host.fail("client_search", { code: "cache_busy", message: "Another window has the desk open. Close it and try again." }, 5);
  const problem = await screen.findByTestId("problem");
  expect(problem.textContent).toContain("Close it and try again");
  host.fail("client_search", { code: "cache_busy", message: "" }, 0);
  expect(within(problem).getByRole("button", { name: "Try again" }).getAttribute("aria-keyshortcuts")).toBe("Control+Shift+R");
  await user.keyboard("{Control>}{Shift>}r{/Shift}{/Control}");
  await screen.findAllByTestId("client-row");
});

it("masks identifiers, and shows the date of birth only on request", async () => {
  const { user } = openDesk({ at: atClient(CLIENT.whole) });
  const birth = await screen.findByTestId("birth-date");
  expect(birth.textContent).toMatch(/^••\/••\/\d{4}$/);
  expect(screen.getByTestId("client-header").textContent).toMatch(/•••-••-\d{4}/);
  await user.click(screen.getByRole("button", { name: "Show the date of birth" }));
  expect(birth.textContent).toMatch(/^\d\d\/\d\d\/\d{4}$/);
  await user.keyboard("{Shift>}B{/Shift}");
  expect(birth.textContent).toMatch(/^••\/••\/\d{4}$/);
});

it("says what is in place and what is missing before a letter can go out", async () => {
  openDesk({ at: atClient(CLIENT.incomplete) });
  const header = await screen.findByTestId("client-header");
  await waitFor(() => expect(header.textContent).toContain("Agreement"));
  expect(header.textContent).toContain("AgreementSigned02/12/2024");
  expect(header.textContent).toContain("Proof of addressMissing");
  expect(header.textContent).toContain("Mailing addressIncomplete");
});

it("says that a client is gone, with a way to make sure", async () => {
  openDesk({ at: atClient("9999"), pull: "stays" });
  const problem = await screen.findByTestId("problem");
  expect(problem.textContent).toContain("no longer in the cache");
  expect(within(problem).getByRole("button", { name: "Sync now" })).toBeTruthy();
});

function names(): (string | undefined)[] {
  return screen.getAllByTestId("client-row").map((row) => row.querySelector('[role="gridcell"]')?.textContent ?? undefined);
}

function head(name: string): HTMLElement {
  return screen.getByRole("columnheader", { name });
}

function chips(): (string | null)[] {
  return screen.queryAllByTestId("filter-chip").map(({ textContent }) => textContent);
}

/** Opens the filter menu by its shortcut and waits for what there is to choose. */
async function openFilters(user: ReturnType<typeof openDesk>["user"]): Promise<HTMLElement> {
  await user.keyboard("{Control>}{Shift>}F{/Shift}{/Control}");
  return await screen.findByTestId("filter-panel");
}

describe("sorting", () => {
  it("sorts by a press on a column's head, the other way by another, and so the next time", async () => {
    const { user, view, host } = openDesk();
    await screen.findAllByTestId("client-row");
    expect(head("Name").getAttribute("aria-sort")).toBe("ascending");
    await user.click(screen.getByTestId("sort-items"));
    await waitFor(() => expect(head("Items").getAttribute("aria-sort")).toBe("descending"));
    expect(head("Name").getAttribute("aria-sort")).toBe("none");
    const figures = () => screen.getAllByTestId("client-row").map((row) => Number(within(row).getByLabelText(/items?$/).textContent));
    await waitFor(() => expect(figures()).toEqual(figures().toSorted((one, other) => other - one)));
    await user.click(screen.getByTestId("sort-items"));
    await waitFor(() => expect(figures()).toEqual(figures().toSorted((one, other) => one - other)));
    expect(lastTake(host, "client_search")).toMatchObject({ sort: { by: "items", descending: false } });
    view.unmount();
    openDesk();
    await screen.findAllByTestId("client-row");
    expect(head("Items").getAttribute("aria-sort")).toBe("ascending");
  });

  it("sorts by keys, also by a column that is not shown", async () => {
    const { user, host } = openDesk();
    await screen.findAllByTestId("client-row");
    await user.keyboard("{Control>}{Shift>}O{/Shift}{/Control}");
    await user.click(await screen.findByTestId("sort-by-email"));
    await waitFor(() => expect(lastTake(host, "client_search")).toMatchObject({ sort: { by: "email", descending: false } }));
    screen.getByTestId("sort-city").focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(head("City, state").getAttribute("aria-sort")).toBe("ascending"));
  });
});

describe("filters", () => {
  it("narrows by what is chosen, together with the words, and says how many are left of all", async () => {
    const { user } = openDesk();
    await screen.findAllByTestId("client-row");
    await openFilters(user);
    await user.click(await screen.findByTestId("agreement-unsigned"));
    await waitFor(() => expect(screen.getByTestId("client-total").textContent).toMatch(/^\d+ of 40$/));
    expect(screen.getAllByTestId("client-row").every((row) => row.textContent?.includes("Not signed"))).toBe(true);
    await user.click(screen.getByTestId("mailing-complete"));
    expect(chips()).toEqual(["Agreement: not signed", "Mailing address: complete"]);
    await user.keyboard("{Escape}");
    const [first] = screen.getAllByTestId("client-row");
    const id = first?.dataset["clientId"] ?? "";
    await user.type(screen.getByTestId("client-search"), id);
    await waitFor(() => expect(screen.getAllByTestId("client-row")).toHaveLength(1));
    expect(screen.getByTestId("client-total").textContent).toBe("1 of 40");
  });

  it("takes one out by its chip, and all at once", async () => {
    const { user } = openDesk();
    await screen.findAllByTestId("client-row");
    await openFilters(user);
    await user.click(await screen.findByTestId("agreement-signed"));
    await user.click(screen.getByTestId("agreement-unsigned"));
    await user.click(screen.getByTestId("filter-undisputed"));
    expect(chips()).toHaveLength(3);
    await user.click(screen.getByRole("button", { name: "Take out: Agreement: signed" }));
    expect(chips()).toEqual(["Agreement: not signed", "Items not disputed yet"]);
    screen.getByRole("button", { name: "Take out: Items not disputed yet" }).focus();
    await user.keyboard("{Control>}{Shift>}{Backspace}{/Shift}{/Control}");
    expect(chips()).toEqual(["Agreement: not signed"]);
    await user.click(screen.getByTestId("chips-clear"));
    await waitFor(() => expect(screen.getByTestId("client-total").textContent).toBe("40"));
    expect(chips()).toEqual([]);
  });

  it("says which filters leave nobody, and clears them", async () => {
    const { user } = openDesk();
    await screen.findAllByTestId("client-row");
    await openFilters(user);
    await user.click(await screen.findByTestId("filter-lettersWaiting"));
    await user.click(screen.getByTestId("filter-taskDue"));
    await user.keyboard("{Escape}");
    await screen.findByText("No client matches the filters");
    expect(screen.getByText(/Nobody meets/).textContent).toBe("Nobody meets “Letters waiting” and “Task due”.");
    await user.click(screen.getByTestId("clear-filters"));
    await screen.findAllByTestId("client-row");
  });

  it("finds whom the day is about", async () => {
    const { user } = openDesk({ day: true });
    await screen.findAllByTestId("client-row");
    await openFilters(user);
    const ids = () => screen.getAllByTestId("client-row").map((row) => row.dataset["clientId"] ?? "").toSorted((one, other) => one.localeCompare(other));
    await user.click(await screen.findByTestId("filter-taskDue"));
    await waitFor(() => expect(ids()).toEqual(["1014", "1030"]));
    await user.click(screen.getByTestId("filter-taskDue"));
    await user.click(screen.getByTestId("filter-lettersWaiting"));
    await waitFor(() => expect(ids()).toEqual(["1003", "1014", "1018"]));
    await user.click(screen.getByTestId("filter-lettersWaiting"));
    await user.click(screen.getByTestId("filter-silence"));
    await user.click(await screen.findByRole("option", { name: "Never" }));
    await waitFor(() => expect(screen.getByTestId("client-total").textContent).toBe("37 of 40"));
  });

  it("comes back to the list as it was narrowed", async () => {
    const { user } = openDesk();
    await screen.findAllByTestId("client-row");
    await openFilters(user);
    await user.click(await screen.findByTestId("agreement-unsigned"));
    await user.keyboard("{Escape}");
    const before = await waitFor(() => {
      expect(screen.getByTestId("client-total").textContent).toMatch(/of 40/);
      return names();
    });
    await user.click(screen.getAllByTestId("client-row")[1] ?? document.body);
    await user.click(await screen.findByTestId("back"));
    await screen.findAllByTestId("client-row");
    expect(names()).toEqual(before);
    expect(chips()).toEqual(["Agreement: not signed"]);
  });
});

describe("saved filters", () => {
  async function saveAs(user: ReturnType<typeof openDesk>["user"], name: string): Promise<void> {
    await user.click(await screen.findByTestId("chips-save"));
    await user.type(await screen.findByTestId("filter-name"), name);
    await user.click(screen.getByTestId("filter-keep"));
    await waitFor(() => expect(screen.queryByTestId("filter-name")).toBeNull());
  }

  async function unsigned(user: ReturnType<typeof openDesk>["user"]): Promise<void> {
    await openFilters(user);
    await user.click(await screen.findByTestId("agreement-unsigned"));
    await user.keyboard("{Escape}");
  }

  it("saves and clears by keys, from the search; a filter that is saved is not saved twice", async () => {
    const { user } = openDesk();
    await screen.findAllByTestId("client-row");
    await user.keyboard("{Control>}s{/Control}");
    expect(screen.queryByTestId("filter-name")).toBeNull();
    await unsigned(user);
    await user.click(screen.getByTestId("client-search"));
    await user.keyboard("{Control>}s{/Control}");
    await user.type(await screen.findByTestId("filter-name"), "Unsigned{Enter}");
    await screen.findByTestId("current-filter");
    await user.keyboard("{Control>}s{/Control}");
    expect(screen.queryByTestId("filter-name")).toBeNull();
    await user.keyboard("{Control>}{Shift>}x{/Shift}{/Control}");
    await waitFor(() => expect(screen.queryByTestId("filter-chips")).toBeNull());
  });

  it("keeps a filter with its order, and the palette finds it by its name", async () => {
    const { user, host } = openDesk();
    await screen.findAllByTestId("client-row");
    await user.click(screen.getByTestId("sort-items"));
    await unsigned(user);
    await saveAs(user, "Call about signing");
    expect((await screen.findByTestId("current-filter")).textContent).toBe("Call about signing");
    expect(host.calls.find(({ name }) => name === "client_filter_save")?.take).toMatchObject({ id: null, sort: { by: "items", descending: true } });
    expect(JSON.stringify({ ...localStorage })).not.toContain("signing");

    await user.click(screen.getByTestId("chips-clear"));
    await user.click(screen.getByTestId("sort-name"));
    await waitFor(() => expect(screen.getByTestId("client-total").textContent).toBe("40"));
    window.location.hash = "#/letters";
    await user.keyboard("{Control>}k{/Control}");
    await user.keyboard("about sig");
    await user.click(await screen.findByRole("option", { name: /Call about signing/ }));
    await waitFor(() => expect(screen.getByTestId("client-total").textContent).toMatch(/of 40/));
    expect(window.location.hash).toBe("#/clients");
    expect(head("Items").getAttribute("aria-sort")).toBe("descending");
    expect(chips()).toEqual(["Agreement: not signed"]);
  });

  it("is renamed and deleted by keys, and brought back", async () => {
    const { user, host } = openDesk();
    await screen.findAllByTestId("client-row");
    await unsigned(user);
    await saveAs(user, "Unsigned");
    await user.click(screen.getByTestId("filter-menu"));
    within(await screen.findByTestId("saved-filter")).getByRole("button", { name: /^Unsigned/ }).focus();
    await user.keyboard("{F2}");
    await user.type(await screen.findByTestId("filter-name"), " clients{Enter}");
    await waitFor(() => expect(screen.getByTestId("current-filter").textContent).toBe("Unsigned clients"));
    await user.click(screen.getByTestId("filter-menu"));
    const remove = await screen.findByTestId("remove-filter");
    expect(remove.getAttribute("aria-keyshortcuts")).toBe("Delete");
    remove.focus();
    await user.keyboard("{Delete}");
    await waitFor(() => expect(screen.queryByTestId("saved-filter")).toBeNull());
    await user.keyboard("{Control>}z{/Control}");
    expect((await screen.findByTestId("saved-filter")).textContent).toContain("Unsigned clients");
    expect(timesAsked(host, "client_filter_remove")).toBe(1);
  });

  it("is chosen from the palette while the list is open too", async () => {
    const { user } = openDesk();
    await screen.findAllByTestId("client-row");
    await unsigned(user);
    await saveAs(user, "Unsigned");
    await user.click(screen.getByTestId("chips-clear"));
    await user.keyboard("{Control>}k{/Control}");
    await user.keyboard("unsig");
    await user.click(await screen.findByRole("option", { name: /Unsigned/ }));
    await waitFor(() => expect(screen.getByTestId("current-filter").textContent).toBe("Unsigned"));
    await user.click(screen.getAllByTestId("client-row")[0] ?? document.body);
    await user.click(await screen.findByTestId("back"));
    await waitFor(() => expect(screen.getByTestId("current-filter").textContent).toBe("Unsigned"));
  });

  it("takes the place of the filter of the same name, when told so", async () => {
    const { user, host } = openDesk();
    await screen.findAllByTestId("client-row");
    await unsigned(user);
    await saveAs(user, "Mine");
    await openFilters(user);
    await user.click(await screen.findByTestId("mailing-complete"));
    await user.click(screen.getByTestId("filter-save"));
    await user.type(await screen.findByTestId("filter-name"), "mine");
    expect(screen.getByTestId("filter-keep").textContent).toBe("Replace");
    await user.click(screen.getByTestId("filter-keep"));
    await waitFor(() => expect(screen.queryByTestId("filter-name")).toBeNull());
    expect(lastTake(host, "client_filter_save")).toMatchObject({ id: "filter-1", filter: { mailingComplete: true } });
    await openFilters(user);
    expect(await screen.findAllByTestId("saved-filter")).toHaveLength(1);
  });

  it("is renamed, says why a name is refused, and is deleted with a way back", async () => {
    const { user, host } = openDesk();
    await screen.findAllByTestId("client-row");
    await unsigned(user);
    await saveAs(user, "Mine");
    await openFilters(user);
    await user.click(await screen.findByRole("button", { name: "Rename Mine" }));
    const name = await screen.findByTestId("filter-name");
    await user.clear(name);
    await user.type(name, "Ours");
    host.fail("client_filter_save", { code: "bad_request", message: "name: at most 60 letters", fields: { name: ["at most 60 letters"] } });
    await user.click(screen.getByTestId("filter-keep"));
    expect(await screen.findByText("at most 60 letters")).toBeTruthy();
    await user.click(screen.getByTestId("filter-keep"));
    await waitFor(() => expect(screen.queryByTestId("filter-name")).toBeNull());

    await openFilters(user);
    await user.click(await screen.findByRole("button", { name: "Delete Ours" }));
    await waitFor(() => expect(screen.queryAllByTestId("saved-filter")).toHaveLength(0));
    await user.click(await screen.findByTestId("undo"));
    await waitFor(() => expect(screen.getByTestId("current-filter").textContent).toBe("Ours"));
    await openFilters(user);
    expect(await screen.findAllByTestId("saved-filter")).toHaveLength(1);
    expect(screen.getByTestId("saved-filter").textContent).toContain("Ours");
  });
});

describe("segments of the portal", () => {
  async function choose(user: ReturnType<typeof openDesk>["user"], name: RegExp): Promise<void> {
    await openFilters(user);
    await user.click(await screen.findByTestId("filter-segment"));
    await user.click(await screen.findByRole("option", { name }));
    await user.keyboard("{Escape}");
  }

  it("reads who is in one when it is chosen, and says as of when", async () => {
    const { user, host } = openDesk();
    await screen.findAllByTestId("client-row");
    await choose(user, /First round/);
    await waitFor(() => expect(screen.getByTestId("client-total").textContent).toBe("10 of 40"));
    expect(lastTake(host, "segment_read")).toEqual({ id: "1" });
    expect(screen.getByTestId("segment-state").textContent).toMatch(/^Members as of \d+:\d\d [AP]M/);
    expect(chips()).toEqual(["Segment: First round"]);
  });

  it("says that the portal refused, and shows who was in it the last time", async () => {
    const { user, host } = openDesk();
    await screen.findAllByTestId("client-row");
    host.refuseSegments({ code: "forbidden", message: "Your account may not do this." });
    await choose(user, /First round/);
    const problem = await screen.findByTestId("problem");
    expect(problem.textContent).toContain("It is not known who is in this segment");
    expect(problem.textContent).toContain("Your account may not do this.");
    host.refuseSegments(null);
    await user.click(within(problem).getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.getAllByTestId("client-row")).toHaveLength(10));
  });
});
