import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakeTask, sampleTasks } from "../src/host/fake/tasks";
import { CLIENT, atClient, openDesk } from "./desk";

const NOW = new Date();

it("says what asks for the agent, and each leads to the place to act", async () => {
  const { user } = openDesk({ at: atClient(CLIENT.whole), tasks: [...sampleTasks(NOW), fakeTask({ id: "9", clientId: CLIENT.whole, name: "Call", dueIn: -1 }, NOW)] });
  const alert = await screen.findByTestId("client-alert");
  expect(alert.textContent).toBe("2 tasks overdue by up to 3 days");
  await user.click(alert);
  await screen.findAllByTestId("task-row");
  expect(window.location.hash).toBe(`${atClient(CLIENT.whole)}/tasks`);
});

it("is calm where nothing asks, and names products and goals", async () => {
  openDesk({ at: atClient(CLIENT.whole) });
  const standing = await screen.findByTestId("client-standing");
  expect(screen.queryByTestId("client-alert")).toBeNull();
  expect(standing.textContent).toContain("Goals Buy a home · Qualify for a better card");
  expect(screen.getByTestId("standing-products").getAttribute("href")).toBe(`${atClient(CLIENT.whole)}/agreements`);
});

it("does not call an identity unproven that nobody proved here, and says it as soon as somebody did", async () => {
  const { user } = openDesk({ at: `${atClient(CLIENT.whole)}/overview` });
  const check = await screen.findByRole("link", { name: "Identity: Not known" });
  expect(check.title).toContain("the portal does not tell");
  await user.click(await screen.findByTestId("kba-open"));
  await user.click(await screen.findByTestId("kba-skip"));
  const proven = await screen.findByRole("link", { name: "Identity: Counts as proven" });
  expect(proven.parentElement?.textContent).toContain("Equifax");
});

it("leads from each check to where it is mended", async () => {
  openDesk({ at: atClient(CLIENT.incomplete) });
  const href = (name: string) => screen.getByRole("link", { name }).getAttribute("href");
  await screen.findByRole("link", { name: "Mailing address: Incomplete" });
  expect(href("Mailing address: Incomplete")).toBe(`${atClient(CLIENT.incomplete)}/overview`);
  expect(href("Proof of address: Missing")).toBe(`${atClient(CLIENT.incomplete)}/documents`);
  expect(href("Agreement: Signed")).toBe(`${atClient(CLIENT.incomplete)}/agreements`);
});

it("works where the standing cannot be read", async () => {
  const { host } = openDesk({ at: "#/clients", pull: "stays" });
  host.fail("client_standing", { code: "cache_busy", message: "Another window has the desk open." }, 9);
  window.location.hash = atClient(CLIENT.whole);
  await screen.findAllByTestId("item-row");
  await waitFor(() => expect(screen.getByTestId("client-header").textContent).toContain("AgreementSigned"));
});
