import { act, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import type { RecordKind } from "../src/host/bindings";
import { CLIENT, atClient, openDesk } from "./desk";

/** Side of a client, the kind of record there, what it is called, and what stands there when there is none. */
const SIDES: readonly (readonly [side: string, kind: RecordKind, named: string, none: string])[] = [
  ["items", "items", "negative items", "No negative items"],
  ["notes", "notes", "notes", "No notes yet"],
  ["documents", "documents", "documents", "No documents yet"],
  ["correspondence", "correspondence", "correspondence", "No correspondence yet"],
  ["agreements", "agreements", "agreements", "No agreements"],
];

it.each(SIDES)("says on the side of %s that the account may not read them, until a pull may", async (side, kind, named, none) => {
  const { host } = openDesk({ at: `${atClient(CLIENT.whole)}/${side}`, pull: "stays", forbidden: [kind] });
  const title = `Your account may not read ${named}`;
  await screen.findByText(title);
  expect(screen.getByText("Ask an administrator of the portal for the permission, then sync.")).toBeTruthy();
  expect(screen.queryByText(none)).toBeNull();
  act(() => host.forbid([]));
  await waitFor(() => expect(screen.queryByText(title)).toBeNull());
  expect(screen.queryByText(none)).toBeNull();
});

it("says that the account may not read clients", async () => {
  openDesk({ pull: "stays", forbidden: ["clients"] });
  expect(await screen.findByText("Your account may not read clients")).toBeTruthy();
  expect(screen.queryByText("No clients yet")).toBeNull();
});

it("says under an empty list of templates that the account may not read them", async () => {
  openDesk({ at: atClient(CLIENT.whole), pull: "stays", forbidden: ["templates"] });
  expect(await screen.findByText(/Your account may not read templates\. Ask an administrator/)).toBeTruthy();
});

it("says in the list of reasons that the account may not read them", async () => {
  const { user } = openDesk({ at: atClient(CLIENT.whole), pull: "stays", forbidden: ["reasons"] });
  await screen.findAllByTestId("item-row");
  await user.keyboard("jr");
  expect(await screen.findByText(/Your account may not read dispute reasons\. Ask an administrator/)).toBeTruthy();
});
