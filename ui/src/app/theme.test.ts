import { DEFAULT_THEME } from "@mantine/core";
import { expect, it } from "vitest";
import { cssVariables } from "./theme";

type Scheme = "light" | "dark";

function colour(scheme: Scheme, name: string): string {
  const all = cssVariables(DEFAULT_THEME);
  const value = new Map(Object.entries({ ...all.variables, ...all[scheme] })).get(name);
  if (!value) {
    throw new Error(`${name} is not set in the ${scheme} scheme`);
  }
  return value;
}

/** Relative luminance by WCAG 2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ["canvas", "surface", "sunken", "hover", "active"];
const PAIRS: [string, string][] = [
  ...["text", "text-2", "text-3", "accent", "warn", "bad", "good"].flatMap((ink) =>
    SURFACES.map((surface): [string, string] => [`--desk-${ink}`, `--desk-${surface}`]),
  ),
  ...["good", "warn", "bad", "info"].flatMap((tone): [string, string][] => [
    [`--desk-${tone}`, `--desk-${tone}-surface`],
    ["--desk-text", `--desk-${tone}-surface`],
  ]),
  ["--desk-practice-text", "--desk-practice"],
  ["--desk-paper-text", "--desk-paper"],
  ["--desk-paper-text-2", "--desk-paper-sunken"],
  ["--desk-paper-bad", "--desk-paper"],
  ["--desk-paper", "--desk-paper-accent"],
  ["--mantine-color-dimmed", "--desk-surface"],
  ["--mantine-color-placeholder", "--desk-surface"],
  ["--mantine-color-error", "--desk-surface"],
];

it.each(["light", "dark"] as const)("keeps every text readable on every surface in the %s scheme", (scheme) => {
  const weak = PAIRS.map(([ink, surface]) => ({
    pair: `${ink} on ${surface}`,
    ratio: contrast(colour(scheme, ink), colour(scheme, surface)),
  })).filter(({ ratio }) => ratio < 4.5);
  expect(weak).toEqual([]);
});

it("sets the same names in both schemes", () => {
  const { light, dark } = cssVariables(DEFAULT_THEME);
  expect(Object.keys(light).filter((name) => name.startsWith("--desk-"))).toEqual(
    Object.keys(dark).filter((name) => name.startsWith("--desk-")),
  );
});
