import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { REPORTS } from "../src/host/fake/reports";
import { CLIENT, type Desk, atClient, lastTake, openDesk, timesAsked } from "./desk";
import { UNREACHED } from "./records";

function openReports(options: Parameters<typeof openDesk>[0] & { client?: string } = {}): Desk {
  const { client = CLIENT.whole, ...rest } = options;
  return openDesk({ at: `${atClient(client)}/reports`, pull: "stays", ...rest });
}

/** One of those with this test id, once they are there. */
async function there(testId: string, at = 0): Promise<HTMLElement> {
  const found = (await screen.findAllByTestId(testId))[at];
  if (!found) {
    throw new Error(`There are not ${at + 1} of ${testId}`);
  }
  return found;
}

/** The texts of what is there once, without what is nested around them. */
async function texts(testId: string): Promise<(string | null)[]> {
  return (await screen.findAllByTestId(testId)).map((one) => one.textContent);
}

it("opens by its key, with the newest report as a document", async () => {
  const { host, user } = openDesk({ at: atClient(CLIENT.whole), pull: "stays" });
  await screen.findAllByTestId("item-row");
  expect(screen.getByTestId("tab-reports").textContent).toBe("Reports 4");
  await user.keyboard("b");
  const entry = await there("report-entry");
  expect(lastTake(host, "credit_report_get")).toEqual({ id: "604" });
  expect(screen.getAllByTestId("report-entry")).toHaveLength(6);
  expect(within(entry).getByRole("heading").textContent).toBe("BLUESTONE COLLECTIONS ************4471");
  expect(entry.textContent).toContain("Balance$1,862.00");
  expect(entry.textContent).toContain("Last payment date–unknown");
});

it("shows what a server sent as text, whatever it looks like", async () => {
  const { view } = openReports();
  expect((await screen.findAllByText("<b>Consumer disputes this account</b>")).length).toBeGreaterThan(0);
  expect(view.container.querySelector("article b")).toBeNull();
});

it("lists reports with their day and vendor, and says which is only listed", async () => {
  openReports();
  expect(await texts("report-row")).toEqual([
    "Three bureaus03/11/2024, Array",
    "Three bureaus02/12/2024, Array",
    "Equifax12/01/2023",
    "3BList onlyDate unknown, Array",
  ]);
  expect(screen.getByTestId("report-headers").textContent).toContain("Equifax03/11/2024");
});

it("goes through the reports by J and K, and says what is not here", async () => {
  const { host, user } = openReports();
  await screen.findAllByTestId("report-entry");
  await user.keyboard("jj");
  await waitFor(() => expect(lastTake(host, "credit_report_get")).toEqual({ id: "602" }));
  expect(await screen.findAllByTestId("report-entry")).toHaveLength(2);
  await user.keyboard("j");
  expect(await screen.findByText("What is in this report is not on this computer")).toBeTruthy();
  expect(screen.getByText(/newest 4 of each bureau/)).toBeTruthy();
  await user.keyboard("k");
  await screen.findAllByTestId("report-entry");
});

it("shows one bureau's part, and what no bureau tells alone", async () => {
  const { user } = openReports();
  await screen.findAllByTestId("report-entry");
  await user.click(screen.getByTestId("report-bureau-equifax"));
  expect(await texts("report-entry")).toHaveLength(2);
  await user.keyboard("f");
  expect(screen.getByTestId("report-bureau-experian").getAttribute("aria-pressed")).toBe("true");
  expect(await texts("report-entry")).toHaveLength(3);
  await user.keyboard("ff");
  expect(await texts("report-entry")).toHaveLength(6);
});

it("lays three bureaus side by side, marks what differs, and can show that alone", async () => {
  const { user } = openReports();
  await screen.findAllByTestId("report-entry");
  await user.keyboard("s");
  const collection = await there("beside-entry");
  expect(within(await there("beside-entry", 1)).getByText("Not at Equifax")).toBeTruthy();
  const differs = within(collection).getByTestId("beside-differs");
  expect(differs.textContent).toContain("Balance ≠");
  expect(within(differs).getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["$1,862.00", "$1,862.00", "$1,900.00"]);
  expect(within(collection).getByText("Opened date")).toBeTruthy();
  await user.click(screen.getByTestId("only-different"));
  await waitFor(async () => expect(within(await there("beside-entry")).queryByText("Opened date")).toBeNull());
  expect(within(await there("beside-entry")).getAllByTestId("beside-differs")).toHaveLength(1);
});

it("tells the difference to the last report, field by field", async () => {
  const { host, user } = openReports();
  await screen.findAllByTestId("report-entry");
  await user.keyboard("{Shift>}D{/Shift}");
  const balance = await there("changed-row");
  expect(lastTake(host, "credit_report_difference")).toEqual({ before: "603", after: "604" });
  expect(within(balance).getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["$1,200.00", "$0.00"]);
  expect((await texts("changed-entry")).map((text) => /Changed|Deleted|Added/.exec(text ?? "")?.[0])).toEqual(["Changed", "Deleted", "Added"]);
  expect(screen.getByTestId("difference-sum").textContent).toBe("1 added, 1 deleted, 1 changed, 12 entries the same");
});

it("compares the two that are chosen, and offers only what has a bureau in common", async () => {
  const { host, user } = openReports();
  await user.click(await screen.findByTestId("report-mode-difference"));
  await screen.findAllByTestId("changed-entry");
  const earlier = () => screen.getByTestId<HTMLSelectElement>("report-before");
  expect(within(earlier()).getAllByRole("option").map((option) => option.textContent)).toEqual(["Three bureaus, 02/12/2024", "Equifax, 12/01/2023"]);
  await user.selectOptions(earlier(), "602");
  await waitFor(() => expect(lastTake(host, "credit_report_difference")).toEqual({ before: "602", after: "604" }));
  await waitFor(() => expect(screen.getAllByTestId("changed-entry")).toHaveLength(1));
  await user.selectOptions(screen.getByTestId("report-after"), "603");
  await waitFor(() => expect(lastTake(host, "credit_report_difference")).toEqual({ before: "602", after: "603" }));
});

it("says that there is nothing to compare with", async () => {
  const { user } = openReports({ reports: { reports: REPORTS.slice(0, 1) } });
  await screen.findAllByTestId("report-entry");
  await user.keyboard("{Shift>}D{/Shift}");
  expect(await screen.findByText("Nothing to compare it with")).toBeTruthy();
});

it.each([
  ["read", "No credit reports yet"],
  ["unread", "The reports were not read yet"],
  ["forbidden", "Your account may not read credit reports"],
  ["missing", "This portal has no credit reports"],
] as const)("says why there are none: %s", async (access, words) => {
  openReports({ reports: { reports: [], access } });
  expect(await screen.findByText(words)).toBeTruthy();
});

it("says that the account may not read what is in them", async () => {
  openReports({ reports: { reports: REPORTS.slice(3), access: "forbidden" } });
  expect(await screen.findByText("Not all of it may be read")).toBeTruthy();
  expect(screen.getByText(/Your account may not read it/)).toBeTruthy();
});

it("works offline and says from when it is", async () => {
  openReports({ sync: { online: false } });
  expect((await screen.findByTestId("reports-offline")).textContent).toContain("as they were at the last sync");
  expect(await screen.findAllByTestId("report-entry")).toHaveLength(6);
});

it("says why reports cannot be read, and reads them again", async () => {
  const { host, user } = openDesk({ at: atClient(CLIENT.whole), pull: "stays" });
  await screen.findAllByTestId("item-row");
  host.fail("credit_report_list", UNREACHED);
  await user.keyboard("b");
  await user.click(within(await screen.findByTestId("problem")).getByRole("button", { name: "Try again" }));
  await screen.findAllByTestId("report-entry");
  host.fail("credit_report_difference", UNREACHED);
  await user.click(screen.getByTestId("report-mode-difference"));
  await user.click(within(await screen.findByTestId("problem")).getByRole("button", { name: "Try again" }));
  await screen.findAllByTestId("changed-entry");
  expect(timesAsked(host, "credit_report_difference")).toBe(2);
});

it("shows ghosts while a report is on its way", async () => {
  const { host, user } = openDesk({ at: atClient(CLIENT.whole), pull: "stays" });
  await screen.findAllByTestId("item-row");
  const release = host.hold("credit_report_get");
  await user.keyboard("b");
  expect(await screen.findByTestId("report-loading")).toBeTruthy();
  release();
  await screen.findAllByTestId("report-entry");
});
