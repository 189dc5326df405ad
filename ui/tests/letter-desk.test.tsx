import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { FakeHost } from "../src/host/fake-host";
import { CLIENT, type Desk, atClient, items, lastTake, openDesk, timesAsked } from "./desk";

const AT = { at: atClient(CLIENT.whole) };

/** Chooses the first item with a reason and the template: everything but recipients. */
async function chooseFirst({ user }: Pick<Desk, "user">): Promise<void> {
  await items();
  await user.keyboard("jr");
  await user.click(await screen.findByRole("option", { name: /not mine/ }));
  await user.click(screen.getByTestId("template-picker"));
  await user.click(await screen.findByRole("option", { name: "First round, short" }));
}

function asked(host: FakeHost): number {
  return timesAsked(host, "letter_prepare");
}

it("says in words what is missing, and prepares nothing before it is there", async () => {
  const { host, user } = openDesk(AT);
  await items();
  await user.keyboard("g");
  const missing = await screen.findByTestId("missing");
  expect(within(missing).getAllByRole("listitem").map((one) => one.textContent)).toEqual([
    "Choose at least one item.",
    "Choose who gets a letter.",
    "Pick a template.",
  ]);
  await user.keyboard("j 1");
  expect(screen.getByTestId("missing").textContent).toContain("Pick a reason for 1 item. None is chosen for you.");
  await user.keyboard("g");
  expect(asked(host)).toBe(0);
});

it("shows where each bureau gets its mail and how many chosen items it reports", async () => {
  const { user } = openDesk(AT);
  await items();
  await user.keyboard("j j ");
  const equifax = await screen.findByTestId("bureau-equifax");
  await waitFor(() => expect(equifax.textContent).toContain("P.O. Box 740256, Atlanta, GA 30374"));
  expect(equifax.textContent).toContain("2 items");
  expect(screen.getByTestId("bureau-experian").textContent).toContain("0 items");
  expect(equifax.getAttribute("aria-checked")).toBe("false");
  await user.keyboard("1");
  expect(equifax.getAttribute("aria-checked")).toBe("true");
});

it("writes no letter to a bureau that reports none of the chosen items, and says so", async () => {
  const desk = openDesk(AT);
  await chooseFirst(desk);
  await desk.user.click(screen.getByTestId("bureau-equifax"));
  await desk.user.click(screen.getByTestId("bureau-experian"));
  expect(screen.getByText("Experian reports none of the chosen items and gets no letter.")).toBeTruthy();
  expect(screen.getByTestId("prepare-letters").textContent).toContain("Prepare 1 letter");
  await desk.user.click(screen.getByTestId("prepare-letters"));
  await screen.findAllByTestId("letter-row");
  expect(lastTake(desk.host, "letter_prepare")).toMatchObject({
    recipients: [{ party: { kind: "bureau", bureau: "equifax" }, itemIds: null }],
  });
});

it("suggests the furnisher whose name an item carries, for fax until an address is typed", async () => {
  const desk = openDesk(AT);
  const { host, user } = desk;
  await chooseFirst(desk);
  await user.click(await screen.findByTestId("furnisher-suggestion"));
  const card = screen.getByTestId("furnisher");
  expect(card.textContent).toContain("Capital Harbor Bank");
  expect(card.textContent).toContain("Without an address this letter can only be faxed.");
  expect(card.textContent).toContain("No guaranteed duty to investigate");

  await user.click(within(card).getByTestId("furnisher-address"));
  await user.type(within(card).getByLabelText("Street or P.O. box"), "1 Harbor Plaza");
  expect(screen.getByTestId("missing").textContent).toContain("Complete the address of Capital Harbor Bank");
  await user.type(within(card).getByLabelText("City"), "Boston");
  await user.type(within(card).getByLabelText("State"), "MA");
  await user.type(within(card).getByLabelText("ZIP"), "02110");
  expect(screen.queryByTestId("missing")).toBeNull();

  await user.click(screen.getByTestId("prepare-letters"));
  await screen.findAllByTestId("letter-row");
  expect(lastTake(host, "letter_prepare")).toMatchObject({
    recipients: [
      {
        party: {
          kind: "furnisher",
          furnisherId: "500",
          address: { street: "1 Harbor Plaza", city: "Boston", state: "MA", zip: "02110" },
        },
        itemIds: null,
      },
    ],
  });
});

it("asks which items go to a searched furnisher that no chosen item names", async () => {
  const desk = openDesk(AT);
  const { host, user } = desk;
  await chooseFirst(desk);
  await user.keyboard("4");
  await user.type(await screen.findByRole("combobox", { name: "Find a furnisher" }), "clerk");
  await user.click(await screen.findByRole("option", { name: /Cook County Clerk/ }));
  expect(screen.getByTestId("missing").textContent).toContain("None of these recipients reports a chosen item");

  await user.click(within(screen.getByTestId("furnisher")).getByRole("checkbox", { name: "Capital Harbor Bank" }));
  await user.click(screen.getByTestId("prepare-letters"));
  const [row] = await screen.findAllByTestId("letter-row");
  expect(row?.textContent).toContain("fax only");
  expect(lastTake(host, "letter_prepare")).toMatchObject({ recipients: [{ party: { furnisherId: "507", address: null }, itemIds: ["1030000"] }] });
});

it("needs an address for a furnisher without a fax number", async () => {
  const desk = openDesk(AT);
  await chooseFirst(desk);
  await desk.user.keyboard("4");
  await desk.user.type(await screen.findByRole("combobox", { name: "Find a furnisher" }), "pacific");
  await desk.user.click(await screen.findByRole("option", { name: /Pacific Telecom/ }));
  expect(screen.getByTestId("missing").textContent).toContain("Pacific Telecom has no fax number: enter its postal address.");
});

it("is blocked without a signed agreement until the agent says why, and passes the reason on", async () => {
  const desk = openDesk({ at: atClient(CLIENT.unsigned) });
  const { host, user } = desk;
  await chooseFirst(desk);
  await user.click(screen.getByTestId("bureau-equifax"));
  expect(screen.getByTestId("agreement-block").textContent).toContain("The law (CROA) allows no work");
  await user.click(screen.getByTestId("prepare-letters"));
  expect(screen.getByTestId("missing").textContent).toContain("No signed agreement");
  expect(asked(host)).toBe(0);

  await user.click(screen.getByTestId("override-button"));
  await user.type(screen.getByTestId("override-reason"), "Signed on paper, scan follows today");
  await user.click(screen.getByTestId("prepare-letters"));
  await screen.findAllByTestId("letter-row");
  expect(lastTake(host, "letter_prepare")).toMatchObject({ unsignedOverride: "Signed on paper, scan follows today" });
});

it("gives cleared items back with their reasons, by a press or by the shortcut", async () => {
  const desk = openDesk(AT);
  await chooseFirst(desk);
  const reason = () => screen.getByTestId("letter-desk").textContent;
  for (const undo of [async () => desk.user.click(await screen.findByTestId("undo")), async () => desk.user.keyboard("{Control>}z{/Control}")]) {
    await desk.user.click(screen.getByTestId("clear-chosen"));
    expect(screen.getByTestId("chosen-count").textContent).toBe("No items chosen");
    await undo();
    await waitFor(() => expect(screen.getByTestId("chosen-count").textContent).toBe("1 item chosen"));
    expect(reason()).not.toContain("No reason yet");
  }
});

it("cannot write for a client whose address is incomplete", async () => {
  openDesk({ at: atClient(CLIENT.incomplete) });
  const [row] = await items();
  row?.click();
  await waitFor(() => expect(screen.getByTestId("missing").textContent).toContain("The client's mailing address is incomplete"));
});

it("keeps the letters that worked, lists what did not with what to do, and writes nothing twice", async () => {
  const desk = openDesk(AT);
  const { host, user } = desk;
  await chooseFirst(desk);
  const rows = await items();
  await user.click(rows.find((row) => row.dataset["bureau"] === "experian") ?? document.body);
  await user.keyboard("{Shift>}R{/Shift}");
  await user.click(await screen.findByRole("option", { name: /not mine/ }));
  await user.click(screen.getByTestId("bureau-equifax"));
  await user.click(screen.getByTestId("bureau-experian"));

  const prepare = host.call.bind(host);
  host.call = async (name, take) => {
    const give = await prepare(name, take);
    if (name === "letter_prepare" && typeof give === "object" && "letters" in give && "problems" in give && give.letters.length === 2) {
      return {
        ...give,
        letters: give.letters.slice(0, 1),
        problems: [
          {
            recipient: 1,
            recipientName: "Experian",
            problem: { code: "letter_failed", message: "The template has no text for [DOB]. Fill in the client's date of birth." },
          },
        ],
      };
    }
    return give;
  };
  await user.click(screen.getByTestId("prepare-letters"));

  const problems = await screen.findByTestId("prepare-problems");
  expect(problems.textContent).toContain("1 letter is prepared and kept.");
  expect(problems.textContent).toContain("Experian: The template has no text for [DOB]. Fill in the client's date of birth.");
  // What worked is no longer chosen; what failed still is.
  expect(screen.getByTestId("bureau-equifax").getAttribute("aria-checked")).toBe("false");
  expect(screen.getByTestId("bureau-experian").getAttribute("aria-checked")).toBe("true");
});

it("shows why nothing could be prepared at all", async () => {
  const desk = openDesk(AT);
  await chooseFirst(desk);
  await desk.user.click(screen.getByTestId("bureau-equifax"));
  desk.host.fail("letter_prepare", { code: "disk_full", message: "There is no space left on the disk. Free some and try again." });
  await desk.user.click(screen.getByTestId("prepare-letters"));
  expect(await screen.findByText("The disk is full")).toBeTruthy();
  expect(screen.getByTestId("chosen-count").textContent).toBe("1 item chosen");
});

it("offers the template used last for the next client", async () => {
  const desk = openDesk(AT);
  await chooseFirst(desk);
  window.location.hash = atClient("1000");
  await waitFor(() => expect(screen.getByTestId("chosen-count").textContent).toBe("No items chosen"));
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("template-picker").value).toBe("First round, short"));
});

it("encloses chosen documents with every letter, and says what each encloses", async () => {
  const desk = openDesk(AT);
  const { host, user } = desk;
  await chooseFirst(desk);
  await user.keyboard("{Escape}");
  await user.click(screen.getByTestId("bureau-equifax"));
  await user.click(await screen.findByTestId("enclosure-picker"));
  const options = await screen.findAllByRole("option");
  await user.click(options[0] ?? screen.getByTestId("enclosure-picker"));
  await user.keyboard("{Escape}");
  await user.click(screen.getByTestId("prepare-letters"));
  const [row] = await screen.findAllByTestId("letter-row");
  expect(row?.textContent).toContain("(1 enclosure)");
  expect(lastTake(host, "letter_prepare")).toMatchObject({ enclosures: [expect.stringMatching(/./)] });
});

it("tells what is enclosed being fetched, then which letter is written, and writes nothing once it is stopped", async () => {
  const desk = openDesk(AT);
  const { host, user } = desk;
  await chooseFirst(desk);
  await user.keyboard("{Escape}");
  await user.click(screen.getByTestId("bureau-equifax"));
  await user.click(await screen.findByTestId("enclosure-picker"));
  const [option] = await screen.findAllByRole("option");
  await user.click(option ?? document.body);
  await user.keyboard("{Escape}");
  const release = host.hold("letter_prepare");
  await user.click(screen.getByTestId("prepare-letters"));
  const work = await screen.findByTestId("letters-work");
  expect(work.textContent).toContain("Fetching what is enclosed");
  act(() => host.emit({ type: "letters", body: { done: 1, total: 5 } }));
  await waitFor(() => expect(work.textContent).toContain("Writing letter 2 of 5"));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(timesAsked(host, "letter_stop")).toBe(1));
  host.fail("letter_prepare", { code: "cancelled", message: "Cancelled; nothing was changed." });
  release();
  expect(await screen.findByText("Stopped: nothing was written.")).toBeTruthy();
  expect(screen.queryByTestId("problem")).toBeNull();
  expect(screen.queryByTestId("letters-work")).toBeNull();
  expect(document.activeElement).toBe(screen.getByTestId("prepare-letters"));
  await user.keyboard("g");
  await screen.findAllByTestId("letter-row");
});

it("takes a template by its key and a part of its name in the place of the last one, also the same again", async () => {
  const { user } = openDesk(AT);
  await items();
  for (const name of ["First round, short", "Method of verification", "Method of verification"]) {
    await user.keyboard("t");
    await user.keyboard(name.slice(0, 14));
    await screen.findByRole("option", { name });
    await user.keyboard("{Enter}");
    const picker = screen.getByTestId<HTMLInputElement>("template-picker");
    await waitFor(() => expect(picker.value).toBe(name));
    expect(document.activeElement).not.toBe(picker);
  }
});

it("writes to any address: typed once, refused by field, kept, and with the items that were left to it", async () => {
  const desk = openDesk(AT);
  const { host, user } = desk;
  await items();
  await user.keyboard("j j {Shift>}R{/Shift}");
  await user.click(await screen.findByRole("option", { name: /not mine/ }));
  await user.click(screen.getByTestId("template-picker"));
  await user.click(await screen.findByRole("option", { name: "First round, short" }));
  await user.keyboard("6");
  const dialog = await screen.findByTestId("addressee-dialog");
  await user.type(within(dialog).getByTestId("addressee-name"), "Consumer Center");
  await user.type(within(dialog).getByTestId("addressee-street"), "P.O. Box 105108");
  await user.type(within(dialog).getByTestId("addressee-city"), "Atlanta");
  await user.type(within(dialog).getByTestId("addressee-state"), "GA");
  await user.type(within(dialog).getByTestId("addressee-zip"), "3034{Enter}");
  expect(await within(dialog).findByText("five digits, or nine as 12345-6789")).toBeTruthy();
  await user.type(within(dialog).getByTestId("addressee-zip"), "8{Enter}");

  const card = await screen.findByTestId("addressee");
  expect(card.textContent).toContain("Consumer CenterP.O. Box 105108, Atlanta, GA 30348");
  expect(card.textContent).toContain("2 items");
  await user.click(within(card).getAllByRole("checkbox")[0] ?? card);
  expect(card.textContent).toContain("1 item");
  await user.click(screen.getByTestId("prepare-letters"));
  const row = await screen.findByTestId("letter-row");
  expect(row.textContent).toContain("Consumer Center");
  expect(lastTake(host, "letter_prepare")).toMatchObject({
    recipients: [{ party: { kind: "addressee", addresseeId: "1" }, itemIds: [expect.any(String)] }],
  });
});

it("offers the addresses it keeps, and forgets one", async () => {
  const { host, user } = openDesk(AT);
  await host.call("addressee_save", {
    name: "Consumer Center",
    address: { street: "P.O. Box 105108", city: "Atlanta", state: "GA", zip: "30348" },
    fax: "",
  });
  await items();
  await user.keyboard("6");
  const dialog = await screen.findByTestId("addressee-dialog");
  await user.click(within(dialog).getByTestId("addressee-name"));
  await user.click(await screen.findByRole("option", { name: "Consumer Center" }));
  expect(within(dialog).getByTestId("addressee-zip")).toHaveProperty("value", "30348");
  await user.click(within(dialog).getByTestId("addressee-keep"));
  await screen.findByTestId("addressee");

  await user.keyboard("6");
  const again = await screen.findByTestId("addressee-dialog");
  await user.click(within(again).getByTestId("addressee-name"));
  await user.click(await screen.findByRole("option", { name: "Consumer Center" }));
  await user.click(within(again).getByTestId("addressee-forget"));
  await waitFor(() => expect(screen.queryByTestId("addressee")).toBeNull());
  expect(await host.call("addressee_list", {})).toEqual([]);
});

it("chooses none of the items by keys", async () => {
  const { user } = openDesk(AT);
  await items();
  await user.keyboard("j j ");
  expect(screen.getByTestId("chosen-count").textContent).toBe("2 items chosen");
  await user.keyboard("{Shift>}C{/Shift}");
  expect(screen.getByTestId("chosen-count").textContent).toBe("No items chosen");
});
