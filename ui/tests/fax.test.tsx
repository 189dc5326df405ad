import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { CLIENT, type Desk, atClient, lastTake, openDesk, prepareThree, timesAsked } from "./desk";

async function atFax(): Promise<Desk> {
  const desk = openDesk({ at: atClient(CLIENT.whole) });
  await prepareThree(desk.user);
  await desk.user.keyboard("f");
  await screen.findByRole("dialog", { name: "Fax" });
  return desk;
}

it("says how many faxes go to which numbers before anything is queued, then leads to the outbox", async () => {
  const { host, user } = await atFax();
  const fields = await screen.findAllByTestId("fax-number");
  for (const [index, field] of fields.entries()) {
    await user.type(field, `888555010${index}`);
  }
  expect(screen.getByTestId("fax-sentence").textContent).toContain("3 faxes, 3 pages to");
  expect(screen.getByTestId("fax-sentence").textContent).toContain("at 8885550102");
  expect(timesAsked(host, "fax_send")).toBe(0);
  await user.click(screen.getByTestId("fax-confirm"));
  await user.click(await screen.findByTestId("toast-link"));
  expect(await screen.findAllByTestId("outbox-row")).toHaveLength(3);
  expect(lastTake(host, "fax_send")).toMatchObject({ numbers: { "letter-1": expect.stringMatching(/^888555010\d$/) } });
});

it("does not fax while a number is no number", async () => {
  const { user } = await atFax();
  const [field] = await screen.findAllByTestId("fax-number");
  await user.type(field ?? document.body, "12345");
  expect(await screen.findByText("A fax number has ten digits; this has 5.")).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>("fax-confirm").disabled).toBe(true);
});

it("shows each letter that was not queued with why, and queues none twice", async () => {
  const { user } = await atFax();
  const [field] = await screen.findAllByTestId("fax-number");
  await user.type(field ?? document.body, "8885550100");
  await user.click(screen.getByTestId("fax-confirm"));
  const problems = await screen.findByTestId("fax-problems");
  expect(problems.textContent).toContain("1 fax is in the outbox.");
  expect(problems.querySelectorAll("li")).toHaveLength(2);
  await user.click(screen.getByTestId("fax-close"));
  await user.keyboard("f");
  expect((await screen.findByTestId("fax-left-out")).textContent).toContain("waits in the outbox as a fax already");
  await waitFor(() => expect(screen.getAllByTestId("fax-number")).toHaveLength(2));
});
