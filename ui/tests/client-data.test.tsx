import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakeRow } from "../src/host/fake/outbox";
import { CLIENT, type Desk, atClient, hasFocus, lastTake, openDesk, timesAsked, valueOf } from "./desk";

async function atOverview(options: Parameters<typeof openDesk>[0] = {}): Promise<Desk> {
  const desk = openDesk({ at: `${atClient(CLIENT.whole)}/overview`, pull: "stays", ...options });
  await screen.findAllByTestId("attribute-group");
  await screen.findByTestId("goals");
  return desk;
}

function row(attribute: string): HTMLElement {
  const found = screen.getAllByTestId("attribute-row").find((one) => one.querySelector("code")?.textContent === attribute);
  if (!found) {
    throw new Error(`${attribute} is not shown`);
  }
  return found;
}

async function retype({ user }: Desk, testId: string, text: string): Promise<void> {
  const field = screen.getByTestId(testId);
  await user.clear(field);
  await user.type(field, text);
}

async function toSalem(desk: Desk): Promise<void> {
  await desk.user.click(screen.getByTestId("client-data-edit"));
  await retype(desk, "client-MailingCity", "Salem");
  await desk.user.click(screen.getByTestId("client-data-save"));
  await screen.findByTestId("client-data-waiting");
}

it("edits by keys, sends only what was changed, and shows it at once with what becomes of it", async () => {
  const desk = await atOverview();
  const { host, user } = desk;
  const city = row("MailingCity").querySelector("dd")?.textContent;
  await user.keyboard("e");
  await hasFocus("client-FirstName");
  await retype(desk, "client-MailingCity", "Salem");
  await retype(desk, "client-D_O_B__c", "3/9/1984");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(row("MailingCity").textContent).toContain("Salem"));
  expect(lastTake(host, "client_update")).toEqual({
    clientId: CLIENT.whole,
    changes: [
      { name: "D_O_B__c", seen: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/), value: "1984-03-09" },
      { name: "MailingCity", seen: city, value: "Salem" },
    ],
  });
  expect(within(row("MailingCity")).getByTestId("outbox-mark").textContent).toBe("Change waiting");
  expect(within(row("MailingStreet")).queryByTestId("outbox-mark")).toBeNull();
  expect(document.activeElement).toBe(screen.getByTestId("client-data-edit"));
});

it("takes a change back: by undo, or where it waits", async () => {
  const desk = await atOverview();
  const { user } = desk;
  const city = row("MailingCity").querySelector("dd")?.textContent ?? "";
  const asItWas = () => waitFor(() => expect(row("MailingCity").querySelector("dd")?.textContent).toBe(city));
  await toSalem(desk);
  await user.keyboard("{Control>}z{/Control}");
  await asItWas();
  await toSalem(desk);
  await user.click(screen.getByTestId("take-back"));
  await asItWas();
  expect(screen.queryByTestId("client-data-waiting")).toBeNull();
});

it("keeps what was typed while another tab of the client is open", async () => {
  const desk = await atOverview();
  const { host, user } = desk;
  await user.keyboard("e");
  await retype(desk, "client-MailingCity", "Salem");
  await user.click(screen.getByTestId("tab-notes"));
  await screen.findByTestId("note-new");
  await user.click(screen.getByTestId("tab-overview"));
  await screen.findByTestId("client-data-form");
  expect(valueOf("client-MailingCity")).toBe("Salem");
  await user.click(screen.getByTestId("client-data-save"));
  await screen.findByTestId("client-data-waiting");
  expect(lastTake(host, "client_update")).toMatchObject({ changes: [{ name: "MailingCity", value: "Salem" }] });
});

it("leaves everything as it was on Escape, and where nothing was changed", async () => {
  const desk = await atOverview();
  const { host, user } = desk;
  await user.keyboard("e");
  await retype(desk, "client-MailingCity", "Salem");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId("client-data-form")).toBeNull());
  expect(row("MailingCity").textContent).not.toContain("Salem");
  expect(document.activeElement).toBe(screen.getByTestId("client-data-edit"));
  await user.keyboard("e");
  expect(valueOf("client-MailingCity")).not.toBe("Salem");
  await user.click(screen.getByTestId("client-data-save"));
  await waitFor(() => expect(screen.queryByTestId("client-data-form")).toBeNull());
  expect(timesAsked(host, "client_update")).toBe(0);
});

it("says under the field what cannot be right, keeps what was typed, and goes there", async () => {
  const desk = await atOverview();
  const { user } = desk;
  await user.keyboard("e");
  await retype(desk, "client-email", "nobody");
  await user.click(screen.getByTestId("client-data-save"));
  await screen.findByText("Not an e-mail address.");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("client-email")));
  expect(valueOf("client-email")).toBe("nobody");
  await retype(desk, "client-email", "somebody@example.com");
  await user.click(screen.getByTestId("client-data-save"));
  await waitFor(() => expect(row("Email").textContent).toContain("somebody@example.com"));
});

it("has fields for what the portal lets be changed, and says of the rest why not", async () => {
  const { user } = await atOverview();
  await user.keyboard("e");
  await screen.findByTestId("client-OtherStreet");
  expect(screen.getAllByTestId("attribute-fixed").map((one) => one.querySelector("dt")?.textContent?.trim())).toEqual(["SSN", "Lead source"]);
  await user.hover(screen.getByText("Lead source"));
  expect((await screen.findByRole("tooltip", { hidden: true })).textContent).toContain("Changed in the portal itself");
});

it("puts a second change into the row that waits, and does not offer to undo both", async () => {
  const desk = await atOverview();
  const { user } = desk;
  await user.keyboard("e");
  await retype(desk, "client-MailingCity", "Salem");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByTestId("client-data-waiting");
  await user.keyboard("e");
  expect(valueOf("client-MailingCity")).toBe("Salem");
  await retype(desk, "client-email", "new@example.com");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("This goes along with the change that waits.");
  expect(screen.getAllByTestId("client-data-waiting")).toHaveLength(1);
  expect(screen.getByTestId("client-data-waiting").textContent).toContain("Mailing city, Email");
});

it("shows at the fact and at its field what the portal refused, and why an account may not", async () => {
  const desk = await atOverview();
  const { host, user } = desk;
  const fields = [{ name: "MailingPostalCode", label: "Mailing ZIP", value: "99999", long: false }];
  const trouble = { kind: "refused" as const, message: "The portal refused it.", fields: { MailingPostalCode: ["not a ZIP code of this state"] }, theirs: null };
  const refused = { id: "client-9", clientId: CLIENT.whole, kind: "update_client" as const, title: "Changed client data", detail: "Mailing ZIP", stage: "rejected" as const, asks: true };
  host.putOutbox(fakeRow({ ...refused, trouble }, { fields }));
  await waitFor(() => expect(row("MailingPostalCode").textContent).toContain("Not a ZIP code of this state."));
  expect(within(row("MailingPostalCode")).getByTestId("outbox-mark").textContent).toBe("Needs you");
  await user.keyboard("e");
  const field = await screen.findByTestId("client-MailingPostalCode");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  await retype(desk, "client-MailingPostalCode", "01970");
  await user.click(screen.getByTestId("client-data-save"));
  await waitFor(() => expect(within(row("MailingPostalCode")).getByTestId("outbox-mark").textContent).toBe("Change waiting"));

  const forbidden = { ...trouble, message: "your account may not change clients in the portal", fields: {} };
  host.putOutbox(fakeRow({ ...refused, trouble: forbidden }, { fields }));
  await within(await screen.findByTestId("client-data-waiting")).findByText(/may not change clients/);
});
