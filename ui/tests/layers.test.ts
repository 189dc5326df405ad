import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const SRC = path.resolve(import.meta.dirname, "../src");

interface Import {
  from: string;
  to: string;
}

/** Every import between our own files, by paths below `src`, and every import of a package by its name. */
function imports(): Import[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((from) => {
      const text = readFileSync(path.join(SRC, from), "utf8");
      const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, name = ""]) => name);
      return specifiers.map((name) => ({ from, to: name.startsWith(".") ? path.posix.join(path.posix.dirname(from), name) : name }));
    });
}

/** `features/letters/x.ts` -> `features/letters`, `lib/x.ts` -> `lib`. */
function layer(file: string): string {
  return file.split("/").slice(0, file.startsWith("features/") ? 2 : 1).join("/");
}

const all = imports();

function broken(rule: (one: Import) => boolean): string[] {
  return all.filter(rule).map(({ from, to }) => `${from} -> ${to}`);
}

it("sees the imports it judges", () => {
  expect(all.length).toBeGreaterThan(200);
});

it("lets no feature import another, nor the application around it", () => {
  expect(
    broken(
      ({ from, to }) =>
        from.startsWith("features/") && (to.startsWith("app/") || (to.startsWith("features/") && layer(from) !== layer(to))),
    ),
  ).toEqual([]);
});

it("lets shared parts know nothing of features or the application", () => {
  expect(
    broken(({ from, to }) => /^(components|lib|host)\//.test(from) && /^(features|app)\//.test(to)),
  ).toEqual([]);
  expect(broken(({ from, to }) => from.startsWith("lib/") && to.startsWith("components/"))).toEqual([]);
});

it("lets only the host know Tauri", () => {
  expect(all.some(({ to }) => to.startsWith("@tauri-apps/"))).toBe(true);
  expect(broken(({ from, to }) => to.startsWith("@tauri-apps/") && from !== "host/host.ts")).toEqual([]);
});

it("has no barrel, and names its files in kebab-case", () => {
  const files = [...new Set(all.map(({ from }) => from))];
  expect(files.filter((file) => /(^|\/)index\.tsx?$/.test(file))).toEqual([]);
  expect(files.filter((file) => !/^[a-z0-9./-]+$/.test(file))).toEqual([]);
});

it("has every colour from the theme", () => {
  const sheets = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".css"));
  const raw = sheets.flatMap((file) =>
    [...readFileSync(path.join(SRC, file), "utf8").matchAll(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|:[^;{]*\s(?:white|black)\b(?!-)/gi)].map(
      ([colour]) => `${file}: ${colour.trim()}`,
    ),
  );
  expect(sheets.length).toBeGreaterThan(40);
  expect(raw).toEqual([]);
});

it("has no column that is wider than the narrowest window allows beside another", () => {
  const wide = readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".css"))
    .flatMap((file) =>
      [...readFileSync(path.join(SRC, file), "utf8").matchAll(/^\s+(?:min-)?width: (\d+)px/gm)].filter(([, width]) => Number(width) > 344).map(([rule]) => `${file}: ${rule.trim()}`),
    );
  expect(wide).toEqual([]);
});
