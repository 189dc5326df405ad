import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { NEVER_SYNCED } from "../src/host/fake-host";
import { sampleRows } from "../src/host/fake/outbox";
import { openDesk } from "./desk";
import { UNREACHED, line } from "./records";

const DAY = { at: "", day: true, pull: "stays" } as const;

it("opens on the day's work, what is overdue first", async () => {
  openDesk(DAY);
  await screen.findByRole("heading", { name: "Today" });
  const due = await screen.findAllByTestId("today-due");
  expect(due.map((row) => row.textContent.match(/\d days? (overdue|left)/)?.[0])).toEqual(["6 days overdue", "6 days overdue", "1 day left", "4 days left"]);
  expect(due[0]?.textContent).toContain("(estimated)");
  expect(due[2]?.textContent).toContain("received");
  expect(due[2]?.textContent).not.toContain("(estimated)");
  expect(document.title).toBe("Today - Dispute Desk");
});

it("leads from each line to the place to act", async () => {
  const { user } = openDesk({ ...DAY, outbox: sampleRows(new Date()) });
  await user.click(await line("today-due", "received"));
  await screen.findAllByTestId("follow-up");
  expect(window.location.hash).toBe("#/clients/1030/follow-ups");

  await user.keyboard("{Control>}0{/Control}");
  await user.click(await line("today-review", "3 letters to"));
  // All three are chosen: what comes next is about them together.
  await waitFor(() => expect(screen.getByTestId("letter-scope").textContent).toBe("Chosen: 3 letters, 3 pages"));

  await user.keyboard("{Control>}0{/Control}");
  await user.click(await line("today-run", "Run 4"));
  await screen.findByTestId("run-unconfirmed");

  await user.keyboard("{Control>}0{/Control}");
  await user.click(await screen.findByTestId("today-outbox"));
  await screen.findAllByTestId("outbox-row");
});

it("moves over the lines by J and K, through every section", async () => {
  const { user } = openDesk(DAY);
  const due = await screen.findAllByTestId("today-due");
  await user.keyboard("jjjjj");
  expect(document.activeElement).toBe(screen.getAllByTestId("today-task")[0]);
  await user.keyboard("jjj");
  expect(document.activeElement).toBe(screen.getByTestId("today-run"));
  await user.keyboard("kkkkk");
  expect(document.activeElement).toBe(due[2]);
});

it("is calm when nothing waits, and when nobody knows the portal", async () => {
  openDesk({ at: "", pull: "stays", sync: { online: false } });
  expect(await screen.findByText("Nothing waits for you")).toBeTruthy();
  expect(screen.getByTestId("today-synced").textContent).toMatch(/^Offline\. Portal last read/);
});

it("shows the first pull while there are no clients yet", async () => {
  openDesk({
    at: "",
    pull: "stays",
    sync: { ...NEVER_SYNCED, running: true, resources: [{ resource: "clients", state: "running", done: 0, total: 40 }] },
  });
  await screen.findByTestId("first-pull");
});

it("says why the day cannot be read, and reads it again", async () => {
  const { host, user } = openDesk({ at: "", pull: "stays", latency: 20 });
  // Asked before the desk is known to be open, and again then.
  host.fail("today_get", UNREACHED, 2);
  await screen.findByTestId("today-loading");
  const problem = await screen.findByTestId("problem");
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  await screen.findByText("Nothing waits for you");
});

it("counts all that is due, however few of it is shown, and leads to the rest", async () => {
  const { user } = openDesk({ at: "", answers: 500, pull: "stays" });
  const section = await screen.findByTestId("today-section-due");
  // Of 60 answers, 32 are due within a week: those that were mailed 28 to 59 days ago.
  const due = Array.from({ length: 500 }, (_, index) => index % 60).filter((days) => days >= 28);
  const overdue = due.filter((days) => days > 35).length;
  expect(due.length).toBeGreaterThan(200);
  expect(section.textContent).toContain(`${due.length} answers, ${overdue} overdue`);
  expect(within(section).getAllByTestId("today-due")).toHaveLength(8);
  const more = within(section).getByTestId("today-more-due");
  expect(more.textContent).toBe(`${due.length - 8} more are due after these.`);
  await user.click(within(more).getByRole("link"));
  expect(window.location.hash).toBe("#/follow-ups");
});

it("tells of what was not sent in files that were set aside, and leads to it", async () => {
  const aside = { id: "portal.aside-1", at: "2026-03-02T15:04:00Z", unsent: 3, unreadable: 0, lostChanges: false, problem: null };
  const { user } = openDesk({ at: "", pull: "stays", asides: [aside, { ...aside, id: "empty", unsent: 0 }] });
  const told = await screen.findByTestId("today-aside");
  expect(told.textContent).toContain("3 unsent rows were set aside");
  await user.click(told);
  expect(await screen.findByTestId("aside-bring")).toBeTruthy();
});
