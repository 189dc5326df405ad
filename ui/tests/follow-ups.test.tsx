import { screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { addDays } from "../src/host/fake/follow-ups";
import { date } from "../src/lib/format";
import { CLIENT, type Desk, atClient, lastTake, openDesk } from "./desk";
import { UNREACHED, line } from "./records";

const TODAY = new Date().toISOString().slice(0, 10);

/** The follow-ups of a client to whom two bureaus owe an answer. */
function atFollowUps(options: Parameters<typeof openDesk>[0] = {}): Desk {
  return openDesk({ at: `${atClient(CLIENT.whole)}/follow-ups`, day: true, pull: "stays", ...options });
}

it("keeps mailed, received and estimated apart", async () => {
  atFollowUps();
  const known = await line("follow-up", "Experian");
  const reckoned = await line("follow-up", "TransUnion");
  const mailed = addDays(TODAY, -31);
  expect(within(known).getByTestId("sent-on").textContent).toBe(`Mailed${date(mailed)}`);
  expect(within(known).getByTestId("received-on").textContent).toContain(date(addDays(mailed, 2)));
  expect(within(known).getByTestId("due-on").textContent).toBe(`Answer due${date(addDays(mailed, 32))} From receipt`);
  expect(known.textContent).toContain("1 day left");
  expect(within(reckoned).getByTestId("received-on").textContent).toContain("Not known");
  expect(within(reckoned).getByTestId("due-on").textContent).toBe(`Answer due${date(addDays(mailed, 35))} Estimated`);
  expect(screen.getByTestId("tab-follow-ups").textContent).toBe("Follow-ups 2");
});

it("takes the day of receipt, and the due date is no longer estimated", async () => {
  const { host, user } = atFollowUps();
  const card = await line("follow-up", "TransUnion");
  await user.click(within(card).getByTestId("set-received"));
  const field = await within(card).findByTestId("received-day");
  await user.clear(field);
  await user.type(field, "1/1/2020");
  expect(within(card).getByText(/^Not before /)).toBeTruthy();
  await user.clear(field);
  await user.type(field, date(addDays(TODAY, -27)));
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(within(card).getByTestId("due-on").textContent).toContain("From receipt"));
  expect(lastTake(host, "follow_up_set")).toMatchObject({ receivedOn: addDays(TODAY, -27), extended: false });
  expect(document.activeElement).toBe(card);
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(within(card).getByTestId("due-on").textContent).toContain("Estimated"));
});

it("says by keys alone that the day of receipt is not known after all", async () => {
  const { host, user } = atFollowUps();
  const card = await line("follow-up", "TransUnion");
  card.focus();
  await user.keyboard("e");
  const field = await within(card).findByTestId("received-day");
  await user.clear(field);
  await user.type(field, `${date(addDays(TODAY, -27))}{Control>}{Enter}{/Control}`);
  await waitFor(() => expect(within(card).getByTestId("due-on").textContent).toContain("From receipt"));
  await user.keyboard("e");
  await within(card).findByTestId("received-day");
  await user.keyboard("{Control>}{Shift>}{Enter}{/Shift}{/Control}");
  await waitFor(() => expect(within(card).getByTestId("due-on").textContent).toContain("Estimated"));
  expect(lastTake(host, "follow_up_set")).toMatchObject({ receivedOn: null });
});

it("calls an outcome by the words that are seen, before it is said and after", async () => {
  const { user } = atFollowUps();
  const card = within(await line("follow-up", "Experian"));
  const [before] = card.getAllByRole("button", { name: /: No outcome yet$/ });
  expect(before?.textContent).toBe("No outcome yet");
  await user.click(before ?? document.body);
  await user.click(await screen.findByTestId("outcome-deleted"));
  await user.click(screen.getByTestId("filter-all"));
  expect((await screen.findByRole("button", { name: /: Deleted$/ })).textContent).toBe("Deleted");
});

it("gives the recipient 45 days", async () => {
  const { host, user } = atFollowUps();
  const card = await line("follow-up", "Experian");
  await user.click(within(card).getByTestId("extended"));
  await waitFor(() => expect(card.textContent).toContain("16 days left"));
  expect(lastTake(host, "follow_up_set")).toMatchObject({ extended: true });
});

it("gives 45 days and opens the letter by keys, on the card in focus", async () => {
  const { host, user } = atFollowUps();
  const card = await line("follow-up", "Experian");
  await user.keyboard("x");
  expect(lastTake(host, "follow_up_set")).toBeUndefined();
  card.focus();
  await user.keyboard("x");
  await waitFor(() => expect(card.textContent).toContain("16 days left"));
  expect(lastTake(host, "follow_up_set")).toMatchObject({ letterId: card.dataset["letterId"], extended: true });
  await user.keyboard("o");
  await waitFor(() => expect(window.location.hash).toBe(`#/letters/${card.dataset["letterId"] ?? ""}`));
});

it("opens the client of the card in focus by a key", async () => {
  const { user } = openDesk({ at: "#/today", day: true, pull: "stays" });
  await user.keyboard("{Control>}6{/Control}");
  const [card] = await screen.findAllByTestId("follow-up");
  card?.focus();
  await user.keyboard("g");
  await screen.findByTestId("client-header");
  expect(window.location.hash).toMatch(/^#\/clients\/\d+\/follow-ups$/);
});

it("records what became of an item, which closes the follow-up, and takes it back", async () => {
  const { host, user } = atFollowUps();
  const card = await line("follow-up", "Experian");
  await user.click(within(card).getByTestId("outcome"));
  await user.click(await screen.findByTestId("outcome-verified"));
  await waitFor(() => expect(screen.getAllByTestId("follow-up")).toHaveLength(1));
  expect(lastTake(host, "follow_up_outcome")).toMatchObject({ outcome: "verified" });
  await user.click(screen.getByTestId("filter-all"));
  expect((await line("follow-up", "Experian")).textContent).toContain("Answered");
  await user.click(screen.getByTestId("undo"));
  await waitFor(() => expect(screen.getAllByTestId("follow-up").every((one) => one.dataset["open"] === "true")).toBe(true));
  expect(lastTake(host, "follow_up_outcome")).toMatchObject({ outcome: null });
});

it("goes through them by keys: the line, its outcome, its day of receipt, its letter", async () => {
  const { user } = atFollowUps();
  const card = await line("follow-up", "Experian");
  await user.keyboard("j");
  expect(document.activeElement).toBe(card);
  await user.keyboard("s");
  await screen.findByTestId("outcome-deleted");
  await user.keyboard("{Escape}");
  card.focus();
  await user.keyboard("e");
  expect(document.activeElement).toBe(await within(card).findByTestId("received-day"));
  await user.keyboard("{Escape}");
  expect(within(card).queryByTestId("received-day")).toBeNull();
  expect(document.activeElement).toBe(card);
  await user.keyboard("o");
  await screen.findByText(/^Mailed or faxed on/);
  await user.click(screen.getByTestId("letter-follow-up"));
  await screen.findAllByTestId("follow-up");
});

it("says why a change was refused", async () => {
  const { host, user } = atFollowUps();
  const card = await line("follow-up", "Experian");
  host.fail("follow_up_outcome", UNREACHED);
  await user.click(within(card).getByTestId("outcome"));
  await user.click(await screen.findByTestId("outcome-deleted"));
  expect(await screen.findByText(UNREACHED.message)).toBeTruthy();
});

it("shows on the items how often they were disputed and what came of it", async () => {
  openDesk({ at: atClient("1002"), day: true });
  expect(await screen.findByText("Round 1: deleted")).toBeTruthy();
  expect(screen.getAllByText("Round 1, awaited")).toHaveLength(2);
});

it("lists everyone's, with the way to the client", async () => {
  const { user } = openDesk({ at: "#/follow-ups", day: true });
  expect(await screen.findAllByTestId("follow-up")).toHaveLength(7);
  await user.click(screen.getByTestId("filter-overdue"));
  await waitFor(() => expect(screen.getAllByTestId("follow-up")).toHaveLength(2));
  const [first] = screen.getAllByTestId("follow-up-client");
  await user.click(first ?? document.body);
  await waitFor(() => expect(window.location.hash).toBe("#/clients/1002/follow-ups"));
});

it("says that none is awaited, and why they cannot be read", async () => {
  const none = openDesk({ at: `${atClient(CLIENT.unsigned)}/follow-ups`, pull: "stays" });
  await screen.findByText("No answer is awaited");
  none.view.unmount();
  const { host, user } = openDesk({ at: `${atClient(CLIENT.unsigned)}/follow-ups`, pull: "stays", latency: 20 });
  host.fail("follow_up_list", UNREACHED);
  const problem = await screen.findByTestId("problem");
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  await screen.findByText("No answer is awaited");
});

it("reaches every one of more than anybody draws at once, and says how many there are", async () => {
  const before = globalThis.IntersectionObserver;
  vi.stubGlobal("IntersectionObserver", class {
    observe() {}
    disconnect() {}
  });
  const { user } = openDesk({ at: "#/follow-ups", answers: 250 });
  expect(await screen.findAllByTestId("follow-up")).toHaveLength(100);
  expect(screen.getByTestId("follow-ups-more").textContent).toContain("100 of 250 follow-ups");
  await user.click(screen.getByTestId("more-follow-ups"));
  await user.click(screen.getByTestId("more-follow-ups"));
  expect(screen.getAllByTestId("follow-up")).toHaveLength(250);
  expect(screen.queryByTestId("follow-ups-more")).toBeNull();
  vi.stubGlobal("IntersectionObserver", before);
});
