import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { CLIENT, atClient, openDesk } from "./desk";
import { helpAbout } from "../src/app/help-about";
import { CLIENT_TABS, parseRoute } from "../src/app/routes";

it("shows every flow with a picture in either theme", async () => {
  openDesk({ at: "#/help" });
  await screen.findByText("From a client to printed letters");
  const pictures = [...document.querySelectorAll<HTMLImageElement>("figure img")];
  expect(pictures.length).toBeGreaterThan(60);
  expect(pictures.filter((picture) => !/\.png/.test(picture.src))).toEqual([]);
});

it("leads from the contents to each section, and to the same one again", async () => {
  const { user } = openDesk({ at: "#/help" });
  const links = within(await screen.findByTestId("help-contents")).getAllByRole("link");
  expect(links.map((link) => link.getAttribute("href"))).toEqual(
    screen.getAllByTestId("help-section").map((section) => `#/help/${section.querySelector("h3")?.dataset["section"] ?? ""}`),
  );
  for (const again of [1, 2]) {
    await user.click(screen.getByRole("link", { name: "A forgotten password" }));
    await waitFor(() => expect(document.activeElement?.textContent, `time ${again}`).toContain("A forgotten password"));
  }
  expect(window.location.hash).toBe("#/help/password");
});

it("has a section about every page and every tab of a client", async () => {
  openDesk({ at: "#/help" });
  await screen.findByTestId("help-contents");
  const sections = new Set([...document.querySelectorAll<HTMLElement>("[data-section]")].map(({ dataset }) => dataset["section"]));
  const places = ["today", "clients", "letters", "follow-ups", "tasks", "runs", "gate", "outbox", "settings", ...CLIENT_TABS.map((tab) => `clients/1030/${tab}`)];
  expect(places.filter((place) => !sections.has(helpAbout(parseRoute(`#/${place}`))))).toEqual([]);
});

it("opens with F1 at the section of the page or the tab, and from the rail at its beginning", async () => {
  const { user } = openDesk({ at: `${atClient(CLIENT.whole)}/documents`, pull: "stays" });
  await screen.findAllByTestId("document-row");
  await user.keyboard("{F1}");
  await waitFor(() => expect(document.activeElement?.textContent).toContain("Documents"));
  expect(document.activeElement?.tagName).toBe("H3");
  expect(window.location.hash).toBe("#/help/documents");
  fireEvent.click(screen.getByTestId("nav-help"));
  window.location.hash = "#/help";
  await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
});

it("opens at its beginning where a section is not known", async () => {
  openDesk({ at: "#/help/nothing" });
  await screen.findByTestId("help-contents");
  expect(document.querySelectorAll("[data-section]:focus")).toHaveLength(0);
});
