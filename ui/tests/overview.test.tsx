import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { CLIENT, type Desk, atClient, lastTake, openDesk, timesAsked } from "./desk";

async function atOverview(): Promise<Desk> {
  const desk = openDesk({ at: atClient(CLIENT.whole) });
  await screen.findAllByTestId("item-row");
  await desk.user.keyboard("{Shift>}O{/Shift}");
  await screen.findAllByTestId("attribute-group");
  return desk;
}

it("shows the portal's attributes grouped, with the names that templates use and no whole SSN", async () => {
  await atOverview();
  expect(window.location.hash).toBe(`${atClient(CLIENT.whole)}/overview`);
  const person = within(screen.getByRole("region", { name: "Person" }));
  expect(person.getByText("D_O_B__c")).toBeTruthy();
  expect(person.getByText(/^•••-••-\d{4}$/)).toBeTruthy();
  expect(within(screen.getByRole("region", { name: "Mailing address" })).getAllByTestId("attribute-row")).toHaveLength(4);
  expect(screen.queryByRole("region", { name: "Other addresses" })).toBeNull();
});

it("shows what the client sees, part by part, and why a part cannot be read", async () => {
  const { host, user } = await atOverview();
  expect(timesAsked(host, "client_customer_view")).toBe(0);
  await user.click(screen.getByText("As the client sees it"));
  const sections = await screen.findAllByTestId("customer-section");
  expect(sections.map(({ dataset }) => dataset["part"])).toEqual(["data", "items", "documents", "agreements", "products", "goals"]);
  expect(within(screen.getByRole("region", { name: "Goals" })).getByText("Buy a home")).toBeTruthy();
  expect(within(screen.getByRole("region", { name: "Documents" })).getByText("The client sees nothing here.")).toBeTruthy();
  const products = within(screen.getByRole("region", { name: "Products" }));
  expect(products.getByTestId("problem").textContent).toContain("may not read this");
  expect(products.queryByRole("button")).toBeNull();
});

it("asks a bureau's questions, then its code, and says when the identity is proven", async () => {
  const { host, user } = await atOverview();
  await user.click(screen.getByTestId("kba-open"));
  await user.click(await screen.findByTestId("kba-ask"));
  expect(await screen.findAllByTestId("kba-question")).toHaveLength(2);
  await user.click(screen.getByTestId("kba-send"));
  expect(await screen.findAllByText("Choose an answer")).toHaveLength(2);
  expect(timesAsked(host, "kba_answer")).toBe(0);
  await user.click(screen.getByRole("radio", { name: "Peachtree Street" }));
  await user.click(screen.getAllByRole("radio", { name: "None of these" })[1] ?? document.body);
  await user.click(screen.getByTestId("kba-send"));
  await user.type(await screen.findByTestId("kba-pin"), " 4711 ");
  expect(lastTake(host, "kba_answer")).toMatchObject({ answers: [["q1", "a1"], ["q2", "b2"]], pin: null, token: "t-1" });
  await user.click(screen.getByTestId("kba-send"));
  await screen.findByText("Equifax, through Array takes the client's identity as proven.");
  expect(lastTake(host, "kba_answer")).toMatchObject({ answers: [], pin: "4711", token: "t-3" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("goes back to who asks by a key, from a choice and from the field of the code", async () => {
  const { user } = await atOverview();
  const BACK = "{Alt>}{ArrowLeft}{/Alt}";
  await user.click(screen.getByTestId("kba-open"));
  await user.click(await screen.findByTestId("kba-ask"));
  await user.click(await screen.findByRole("radio", { name: "Peachtree Street" }));
  await user.keyboard(BACK);
  await user.click(await screen.findByTestId("kba-ask"));
  await user.click(await screen.findByRole("radio", { name: "Peachtree Street" }));
  await user.click(screen.getAllByRole("radio", { name: "None of these" })[1] ?? document.body);
  await user.click(screen.getByTestId("kba-send"));
  await user.type(await screen.findByTestId("kba-pin"), "47");
  await user.keyboard(BACK);
  await screen.findByTestId("kba-ask");
});

it("says why no identity can be proven while the portal is away", async () => {
  const { user } = openDesk({ at: `${atClient(CLIENT.whole)}/overview`, pull: "stays", sync: { online: false } });
  const button = await screen.findByTestId<HTMLButtonElement>("kba-open");
  expect(button.disabled).toBe(true);
  await user.hover(button);
  expect((await screen.findByRole("tooltip", { hidden: true })).textContent).toContain("Offline: a bureau asks its questions through the portal.");
});

it("counts a client as proven without questions where the portal lets it, and says why it does not", async () => {
  const { host, user } = await atOverview();
  await user.click(screen.getByTestId("kba-open"));
  host.fail("kba_skip", { code: "forbidden", message: "Your account may not do this." });
  await user.click(await screen.findByTestId("kba-skip"));
  expect(await screen.findByText("Your account may not do this.")).toBeTruthy();
  expect(timesAsked(host, "kba_skip")).toBe(1);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  // It is remembered: nobody is offered again what the portal will not take.
  await user.click(screen.getByTestId("kba-open"));
  const skip = await screen.findByTestId<HTMLButtonElement>("kba-skip");
  expect(skip.disabled).toBe(true);
  expect(document.getElementById(skip.getAttribute("aria-describedby") ?? "")?.textContent).toContain("the portal refused it");
  expect(screen.getByTestId<HTMLButtonElement>("kba-ask").disabled).toBe(false);
  // Another account may.
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  act(() => host.setSession({ agent: "Marcus Bell" }));
  await user.click(screen.getByTestId("kba-open"));
  expect((await screen.findByTestId("kba-skip")).getAttribute("aria-keyshortcuts")).toBe("Control+Shift+K");
  await user.keyboard("{Control>}{Shift>}k{/Shift}{/Control}");
  await screen.findByText(/counts as proven with Equifax/);
});

it("offers to skip again where the portal only could not be reached", async () => {
  const { host, user } = await atOverview();
  await user.click(screen.getByTestId("kba-open"));
  host.fail("kba_skip", { code: "portal_unreachable", message: "The portal could not be reached." });
  await user.click(await screen.findByTestId("kba-skip"));
  await screen.findByText("The portal could not be reached.");
  expect(screen.queryByTestId("kba-skip-refused")).toBeNull();
  await user.click(screen.getByTestId("kba-skip"));
  await screen.findByText(/counts as proven with Equifax/);
});

it("changes whose view it is, and proves the identity, by keys", async () => {
  const { user } = await atOverview();
  await user.keyboard("{Shift>}V{/Shift}");
  await screen.findAllByTestId("customer-section");
  await user.keyboard("{Shift>}V{/Shift}");
  await screen.findAllByTestId("attribute-group");
  expect(screen.getByTestId("kba-open").getAttribute("aria-keyshortcuts")).toBe("Shift+I");
  await user.keyboard("{Shift>}I{/Shift}");
  await screen.findByRole("dialog", { name: "Prove the client's identity" });
});
