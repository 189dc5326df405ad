import { cleanup, configure } from "@testing-library/react";
import { notifications } from "@mantine/notifications";
import { afterEach, beforeEach, expect, vi } from "vitest";

// A window shown late on a busy machine is not a window that shows the wrong thing.
configure({ asyncUtilTimeout: 8000 });

/** What jsdom lacks because it draws nothing: every element is in view, and as large as a small window. */
class Observer {
  private readonly callback: IntersectionObserverCallback;

  constructor(callback: IntersectionObserverCallback) {
    this.callback = callback;
  }
  observe(target: Element) {
    const entry = { isIntersecting: true, target };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these two parts are read
    this.callback([entry as IntersectionObserverEntry], this as unknown as IntersectionObserver);
  }
  unobserve() {}
  disconnect() {}
}

class Resize {
  observe() {}
  unobserve() {}
  disconnect() {}
}

vi.stubGlobal("IntersectionObserver", Observer);
vi.stubGlobal("ResizeObserver", Resize);
vi.stubGlobal("matchMedia", (query: string) => ({
  matches: window.innerWidth >= Number(/min-width: (\d+)px/.exec(query)?.[1] ?? Number.POSITIVE_INFINITY),
  media: query,
  onchange: null,
  addEventListener() {},
  removeEventListener() {},
  addListener() {},
  removeListener() {},
  dispatchEvent: () => false,
}));
Object.defineProperties(HTMLElement.prototype, {
  clientHeight: { configurable: true, get: () => 720 },
  clientWidth: { configurable: true, get: () => 1200 },
});
Object.defineProperty(document, "fonts", { configurable: true, value: new EventTarget() });
Element.prototype.scrollIntoView = () => {};
// An editor asks where its caret is.
Range.prototype.getClientRects = () => document.createElement("div").getClientRects();
Range.prototype.getBoundingClientRect = () => new DOMRect();
let addresses = 0;
URL.createObjectURL = () => `blob:${(addresses += 1)}`;
URL.revokeObjectURL = () => {};
HTMLCanvasElement.prototype.getContext = () => null;

beforeEach(() => {
  window.innerWidth = 1280;
  window.location.hash = "";
  localStorage.clear();
  vi.spyOn(console, "error");
  vi.spyOn(console, "warn");
});

afterEach(() => {
  notifications.clean();
  cleanup();
  // A window that complains in its console is broken, whatever else it shows.
  expect(vi.mocked(console.error).mock.calls).toEqual([]);
  expect(vi.mocked(console.warn).mock.calls).toEqual([]);
});
