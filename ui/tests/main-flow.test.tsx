import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { items, lastTake, openDesk } from "./desk";

it("walks from a search to saved letters by keyboard alone", async () => {
  const { host, user } = openDesk({ clients: 60 });

  // Typing anywhere on the list is searching; the client's id finds exactly one.
  await screen.findAllByTestId("client-row");
  await user.keyboard("1030{Enter}");

  const rows = await items();
  await waitFor(() => expect(screen.getByTestId("page-title").textContent).toBe("Thị Nguyễn"));

  // J to the first item of each bureau that is not excluded, Space to choose it.
  const wanted = new Set(
    ["equifax", "experian", "transunion"].map((bureau) =>
      rows.findIndex((row) => row.dataset["bureau"] === bureau && row.getAttribute("aria-disabled") === null),
    ),
  );
  for (const [index] of rows.entries()) {
    await user.keyboard("j");
    expect(document.activeElement).toBe(rows[index]);
    if (wanted.has(index)) {
      await user.keyboard(" ");
    }
  }
  expect(screen.getByTestId("chosen-count").textContent).toBe("3 items chosen");
  expect(screen.getAllByText("No reason yet")).toHaveLength(3);

  await user.keyboard("{Shift>}R{/Shift}");
  await user.type(await screen.findByRole("combobox", { name: "Reason for 3 items" }), "never late{Enter}");
  await waitFor(() => expect(screen.queryByText("No reason yet")).toBeNull());

  await user.keyboard("123");
  await user.keyboard("t");
  await user.keyboard("short{Enter}");
  await user.keyboard("g");

  const pages = await screen.findAllByTestId("pdf-page");
  await waitFor(() => expect(pages[0]?.dataset["rendered"]).toBe("true"));
  expect(screen.getAllByTestId("letter-row")).toHaveLength(3);
  expect((await screen.findByTestId("pdf-text")).textContent).toContain("I was never late on this account");

  await user.keyboard("{Control>}s{/Control}");
  await screen.findByText("3 letters saved in 1 PDF file.");
  expect(lastTake(host, "letter_save")).toMatchObject({ layout: "merged", ids: expect.arrayContaining(["letter-1", "letter-2", "letter-3"]) });
  expect(lastTake(host, "letter_prepare")).toMatchObject({
    clientId: "1030",
    templateId: "32",
    unsignedOverride: null,
    enclosures: [],
    recipients: [
      { party: { kind: "bureau", bureau: "equifax" }, itemIds: null },
      { party: { kind: "bureau", bureau: "experian" }, itemIds: null },
      { party: { kind: "bureau", bureau: "transunion" }, itemIds: null },
    ],
  });
});
