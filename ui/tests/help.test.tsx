import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { openDesk } from "./desk";

it("shows every flow with a picture in either theme", async () => {
  openDesk({ at: "#/help" });
  await screen.findByText("From a client to printed letters");
  const pictures = [...document.querySelectorAll<HTMLImageElement>("figure img")];
  expect(pictures.length).toBeGreaterThan(30);
  expect(pictures.filter((picture) => !/\.png/.test(picture.src))).toEqual([]);
});
