import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { addDays } from "../src/host/fake/follow-ups";
import { CLIENT, type Desk, atClient, lastTake, openDesk, prepareThree, timesAsked } from "./desk";
import { date } from "../src/lib/format";

async function atPrint(options: Parameters<typeof openDesk>[0] = {}): Promise<Desk> {
  const desk = openDesk({ at: atClient(CLIENT.whole), ...options });
  await prepareThree(desk.user);
  await desk.user.keyboard("p");
  await screen.findByRole("dialog", { name: "Print" });
  return desk;
}

/** Prints, and waits for the question what came out. */
async function printed(options: Parameters<typeof openDesk>[0] = {}): Promise<Desk> {
  const desk = await atPrint(options);
  await screen.findByTestId("print-sentence");
  await desk.user.keyboard("{Enter}");
  await screen.findByTestId("confirm-form");
  return desk;
}

it("says what will happen with the usual printer, and one Enter does it", async () => {
  const { host, user } = await atPrint();
  expect((await screen.findByTestId("print-sentence")).textContent).toBe("3 letters, 3 pages on 3 sheets to PDF Printer, as one job.");
  expect(screen.getByTestId("goes-with-warnings").textContent).toBe("3 letters go with warnings: Client review not recorded (3).");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("print-confirm")));
  await user.keyboard("{Enter}");
  await screen.findByRole("dialog", { name: "Printed well?" });
  expect(lastTake(host, "print_run_start")).toEqual({
    ids: ["letter-3", "letter-2", "letter-1"],
    printer: "PDF",
    tray: null,
    duplex: false,
    copies: 1,
  });
});

it("offers a tray and both sides only where the printer has them, and reckons the sheets", async () => {
  const { host, user } = await atPrint();
  await screen.findByTestId("print-sentence");
  expect(screen.queryByTestId("print-tray")).toBeNull();
  expect(screen.queryByTestId("print-duplex")).toBeNull();
  await user.click(screen.getByRole("radio", { name: /Office LaserJet/ }));
  expect(screen.getByText(/takes no jobs now/)).toBeTruthy();
  await user.click(screen.getByTestId("print-duplex"));
  await user.clear(screen.getByTestId("print-copies"));
  await user.type(screen.getByTestId("print-copies"), "2");
  await user.click(screen.getByTestId("print-tray"));
  await user.click(await screen.findByRole("option", { name: "Upper tray, letterhead" }));
  expect(screen.getByTestId("print-sentence").textContent).toBe("3 letters, 6 pages on 6 sheets to Office LaserJet, as one job, 2 copies of each.");
  await user.click(screen.getByTestId("print-confirm"));
  await screen.findByTestId("confirm-form");
  expect(lastTake(host, "print_run_start")).toMatchObject({ printer: "Office_LaserJet", tray: "Upper", duplex: true, copies: 2 });
});

it("leaves a blocked letter here by name, and leads to it", async () => {
  const { host, user } = openDesk({ at: "#/letters", day: true });
  await user.click(await screen.findByTestId("filter-prepared"));
  await user.click(await screen.findByTestId("choose-all-letters"));
  await user.keyboard("p");
  const kept = await screen.findByTestId("print-kept");
  expect(kept.textContent).toContain("Agreement not signed.");
  expect(screen.getByTestId("print-sentence").textContent).toBe("6 letters, 6 pages on 6 sheets to PDF Printer, as one job; 3 letters stay here.");
  expect(timesAsked(host, "print_run_start")).toBe(0);
  const [look] = within(kept).getAllByTestId("look-at-letter");
  await user.click(look ?? kept);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const findings = await screen.findByTestId("findings");
  await waitFor(() => expect(findings.textContent).toContain("Holds the letter."));
});

it("says that there is no printer, and what else to do", async () => {
  await atPrint({ printers: [] });
  expect(await screen.findByText("This computer has no printer")).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>("print-confirm").disabled).toBe(true);
});

it("keeps the dialog open and says why when printing fails, and that nothing was printed", async () => {
  const { host, user } = await atPrint();
  await screen.findByTestId("print-sentence");
  host.fail("print_run_start", { code: "print_failed", message: "The printer is out of paper. Fill it and print again." });
  await user.click(screen.getByTestId("print-confirm"));
  expect(await screen.findByText("The printer is out of paper. Fill it and print again.")).toBeTruthy();
  expect(screen.getByText("Nothing was printed.")).toBeTruthy();
  await screen.findByTestId("print-sentence");
  await user.click(screen.getByTestId("print-confirm"));
  await screen.findByTestId("confirm-form");
  expect(timesAsked(host, "print_run_start")).toBe(2);
});

it("shows how far the job has come, and cancels it", async () => {
  const { host, user } = await atPrint();
  await screen.findByTestId("print-sentence");
  const release = host.hold("print_run_start");
  await user.click(screen.getByTestId("print-confirm"));
  await screen.findByTestId("printing");
  act(() => host.emit({ type: "print_run", body: { id: "run-1", done: 2, total: 3 } }));
  expect(await screen.findByText("2 of 3 letters in the job.")).toBeTruthy();
  await user.click(screen.getByTestId("print-cancel"));
  await waitFor(() => expect(timesAsked(host, "print_run_cancel")).toBe(1));
  host.fail("print_run_start", { code: "cancelled", message: "Cancelled; nothing was printed." });
  release();
  expect(await screen.findByText("Cancelled; nothing was printed.")).toBeTruthy();
});

it("counts all as mailed today with one Enter, files them, and says when the first answer is due", async () => {
  const { host, user } = await printed();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("run-confirm")));
  expect(screen.getByTestId("run-confirm").textContent).toBe("Confirm 3 letters");
  await user.keyboard("{Enter}");
  const done = await screen.findByTestId("run-confirmed");
  const today = new Date().toISOString().slice(0, 10);
  expect(lastTake(host, "print_run_confirm")).toMatchObject({ id: "run-1", jammed: [], file: true });
  expect(done.textContent).toContain("3 letters are mailed");
  expect(done.textContent).toContain(`3 answers are awaited, the first by about ${date(addDays(today, 35))}`);
  expect(done.textContent).toContain("3 rows in the outbox file them");
  await user.click(screen.getByTestId("run-done"));
  await waitFor(() => expect(screen.getAllByText(`Sent ${date(today)}`)).toHaveLength(3));
});

it("prints the jammed one again, and only that one", async () => {
  const { host, user } = await printed();
  const [first] = screen.getAllByTestId("came-out");
  await user.click(first ?? document.body);
  await user.clear(screen.getByTestId("mailed-on"));
  await user.type(screen.getByTestId("mailed-on"), "13/40/2026");
  expect(screen.getByText("Write the day as MM/DD/YYYY.")).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>("run-confirm").disabled).toBe(true);
  await user.clear(screen.getByTestId("mailed-on"));
  await user.type(screen.getByTestId("mailed-on"), "3/5/2026");
  await user.click(screen.getByTestId("file-pdfs"));
  expect(screen.getByTestId("run-confirm").textContent).toBe("Confirm 2 letters, 1 jammed");
  await user.click(screen.getByTestId("run-confirm"));
  await screen.findByTestId("run-confirmed");
  expect(lastTake(host, "print_run_confirm")).toEqual({ id: "run-1", jammed: ["letter-3"], mailedOn: "2026-03-05", file: false });
  await user.click(screen.getByTestId("reprint"));
  await screen.findByTestId("confirm-form");
  expect(lastTake(host, "print_run_reprint")).toEqual({ id: "run-1" });
  expect(screen.getAllByTestId("came-out")).toHaveLength(1);
});

it("leaves the question for later, and says where it waits", async () => {
  const { user } = await printed();
  await screen.findByRole("dialog", { name: "Printed well?" });
  await user.keyboard("{Escape}");
  await user.click(await screen.findByTestId("toast-link"));
  expect(await screen.findByTestId("run-unconfirmed")).toBeTruthy();
  expect(window.location.hash).toBe("#/runs/run-1");
});

it("warns before a second copy of what was printed", async () => {
  const { user } = await printed();
  await user.click(screen.getByTestId("confirm-later"));
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("discard-letters").disabled).toBe(true));
  await user.keyboard("p");
  expect(await screen.findByText(/3 of them were printed before/)).toBeTruthy();
});
