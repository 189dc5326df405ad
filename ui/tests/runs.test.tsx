import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { lastTake, openDesk, timesAsked } from "./desk";
import { UNREACHED, line } from "./records";

it("lists the runs newest first, and shows the manifest of the one moved to", async () => {
  const { user } = openDesk({ at: "#/runs", day: true });
  const rows = await screen.findAllByTestId("run-row");
  expect(rows.map((row) => row.dataset["stage"])).toEqual(["printed", "confirmed", "confirmed", "confirmed"]);
  expect(rows[0]?.textContent).toContain("6 letters, 6 pages on 6 sheets");
  expect(await screen.findAllByTestId("manifest-row")).toHaveLength(6);
  await user.keyboard("jj");
  await waitFor(() => expect(screen.getByTestId("run-detail").textContent).toContain("Run 2"));
  await waitFor(() => expect(screen.getAllByTestId("manifest-row")).toHaveLength(3));
  const [jammed] = screen.getAllByTestId("manifest-row");
  expect(jammed?.textContent).toContain("Jammed");
  expect(jammed?.textContent).toContain("Letter, 1 oz");
});

it("confirms a run later, by keys", async () => {
  const { host, user } = openDesk({ at: "#/runs", day: true });
  await screen.findByTestId("run-unconfirmed");
  await user.keyboard("s");
  await screen.findByRole("dialog", { name: "Printed well?" });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("run-confirm")));
  await user.keyboard("{Enter}");
  await screen.findByTestId("run-confirmed");
  expect(lastTake(host, "print_run_confirm")).toMatchObject({ id: "run-4", jammed: [] });
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.queryByTestId("run-unconfirmed")).toBeNull());
  expect(screen.getAllByText("Well")).toHaveLength(6);
});

it("prints the jammed one of an old run again, and asks what came out", async () => {
  const { host, user } = openDesk({ at: "#/runs/run-2", day: true });
  await user.click(await screen.findByTestId("run-reprint"));
  await screen.findByTestId("confirm-form");
  expect(lastTake(host, "print_run_reprint")).toEqual({ id: "run-2" });
  await user.click(screen.getByTestId("confirm-later"));
  expect((await line("run-row", "again from run 2")).dataset["stage"]).toBe("printed");
});

it("says why when a jammed letter cannot be printed again", async () => {
  const { host, user } = openDesk({ at: "#/runs/run-2", day: true });
  host.fail("print_run_reprint", { code: "print_failed", message: "The printer is off." });
  await user.click(await screen.findByTestId("run-reprint"));
  expect(await screen.findByText("The printer is off.")).toBeTruthy();
  expect(screen.getByText("Nothing was printed.")).toBeTruthy();
});

it("saves the manifest as PDF and as CSV", async () => {
  const { host, user } = openDesk({ at: "#/runs", day: true });
  await user.click(await screen.findByTestId("manifest-csv"));
  await screen.findByText("Manifest saved as CSV.");
  await user.keyboard("{Control>}s{/Control}");
  await screen.findByText("Manifest saved as PDF.");
  expect(lastTake(host, "print_run_manifest")).toEqual({ id: "run-4", format: "pdf" });
});

it("opens a letter from the manifest", async () => {
  const { user } = openDesk({ at: "#/runs", day: true });
  const [first] = await screen.findAllByTestId("manifest-row");
  await user.click(within(first ?? document.body).getByTestId("manifest-letter"));
  await screen.findAllByTestId("letter-row");
  expect(window.location.hash).toMatch(/^#\/letters\/letter-\d+$/);
});

it("says that there are none yet, and why they cannot be read", async () => {
  const empty = openDesk({ at: "#/runs" });
  await screen.findByText("No print runs yet");
  empty.view.unmount();
  const { host, user } = openDesk({ at: "#/runs", latency: 20, pull: "stays" });
  host.fail("print_run_list", UNREACHED);
  const problem = await screen.findByTestId("problem");
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  await screen.findByText("No print runs yet");
  expect(timesAsked(host, "print_run_list")).toBe(2);
});
