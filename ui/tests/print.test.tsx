import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { CLIENT, type Desk, atClient, lastTake, openDesk, prepareThree, timesAsked } from "./desk";

async function atPrint(options: Parameters<typeof openDesk>[0] = {}): Promise<Desk> {
  const desk = openDesk({ at: atClient(CLIENT.whole), ...options });
  await prepareThree(desk.user);
  await desk.user.keyboard("p");
  await screen.findByRole("dialog", { name: "Print" });
  return desk;
}

it("says what will happen with the system's default printer, and one Enter does it", async () => {
  const { host, user } = await atPrint();
  expect((await screen.findByTestId("print-sentence")).textContent).toBe("3 letters, 3 pages to PDF Printer, as one job.");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("print-confirm")));
  await user.keyboard("{Enter}");
  expect(await screen.findByText("Sent to PDF Printer as PDF-12: 3 letters, 3 pages.")).toBeTruthy();
  expect(lastTake(host, "letter_print")).toMatchObject({ printer: "PDF" });
  await waitFor(() => expect(screen.getAllByText("Printed")).not.toHaveLength(0));
});

it("prints to another printer, and warns that it is not ready", async () => {
  const { host, user } = await atPrint();
  await user.click(await screen.findByRole("radio", { name: /Office LaserJet/ }));
  expect(screen.getByText(/takes no jobs now/)).toBeTruthy();
  await user.click(screen.getByTestId("print-confirm"));
  await waitFor(() => expect(lastTake(host, "letter_print")).toMatchObject({ printer: "Office_LaserJet" }));
});

it("says that there is no printer, and what else to do", async () => {
  await atPrint({ printers: [] });
  expect(await screen.findByText("This computer has no printer")).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>("print-confirm").disabled).toBe(true);
});

it("keeps the dialog open and says why when printing fails", async () => {
  const { host, user } = await atPrint();
  await screen.findByTestId("print-sentence");
  host.fail("letter_print", { code: "print_failed", message: "The printer is out of paper. Fill it and print again." });
  await user.click(screen.getByTestId("print-confirm"));
  expect(await screen.findByText("The printer is out of paper. Fill it and print again.")).toBeTruthy();
  await user.click(screen.getByTestId("print-confirm"));
  await screen.findByText(/Sent to PDF Printer/);
  expect(timesAsked(host, "letter_print")).toBe(2);
});

it("warns before a second copy of what was printed", async () => {
  const { user } = await atPrint();
  await screen.findByTestId("print-sentence");
  await user.click(screen.getByTestId("print-confirm"));
  await screen.findByText(/Sent to PDF Printer/);
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("discard-letters").disabled).toBe(true));
  await user.keyboard("p");
  expect(await screen.findByText(/3 of them were printed before/)).toBeTruthy();
});
