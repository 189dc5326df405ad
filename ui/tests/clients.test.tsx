import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { ClientSearch } from "../src/host/bindings";
import { CLIENT, atClient, openDesk } from "./desk";

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
  await user.click(await screen.findByTestId("columns-usual"));
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
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  await screen.findAllByTestId("client-row");
});

it("masks identifiers, and shows the date of birth only on request", async () => {
  const { user } = openDesk({ at: atClient(CLIENT.whole) });
  const birth = await screen.findByTestId("birth-date");
  expect(birth.textContent).toMatch(/^••\/••\/\d{4}$/);
  expect(screen.getByTestId("client-header").textContent).toMatch(/•••-••-\d{4}/);
  await user.click(screen.getByRole("button", { name: "Show the date of birth" }));
  expect(birth.textContent).toMatch(/^\d\d\/\d\d\/\d{4}$/);
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
