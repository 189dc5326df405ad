import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The made-up desk is for tests and for development in a plain browser: a bundle that carries it is a mistake. */
function keepFakeHostOut(): Plugin {
  return {
    name: "keep-fake-host-out",
    apply: "build",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === "chunk" && chunk.moduleIds.some((id) => id.includes("/host/fake"))) {
          this.error(`${chunk.fileName} carries the fake host`);
        }
      }
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [react(), keepFakeHostOut()],
  clearScreen: false,
  // The user guide shows the pictures that the walk through the window takes.
  server: { port: 5173, strictPort: true, fs: { allow: [".", "../tests/screenshots"] } },
  build: {
    // The oldest web views the desk meets: WKWebView of macOS 13, WebKitGTK 2.40.
    target: ["safari16.4", "chrome111"],
    // pdf.js and its worker are single files that cannot be split; they load only with the first preview.
    chunkSizeWarningLimit: 1300,
    rolldownOptions: {
      output: {
        // A worker must arrive as JavaScript, and not every host of files knows the ending `.mjs`.
        assetFileNames: ({ names }) => (names[0]?.endsWith(".mjs") ? "assets/[name]-[hash].js" : "assets/[name]-[hash][extname]"),
      },
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["tests/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}"],
    css: false,
    // One for every core: the process that they belong to does next to nothing.
    maxWorkers: "100%",
    restoreMocks: true,
    // Whole walks through the window, also on a machine that does other work.
    testTimeout: 60_000,
  },
});
