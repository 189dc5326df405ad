import { type RenderResult, render, screen } from "@testing-library/react";
import { type UserEvent, userEvent } from "@testing-library/user-event";
import { expect } from "vitest";
import { App } from "../src/app/app";
import { type FakeHost, type FakeOptions, makeFakeHost } from "../src/host/fake-host";
import { type OpenPdf, PdfProvider } from "../src/lib/pdf";
import { type OpensPicture, PictureProvider } from "../src/lib/picture";

/** Reads the made-up PDFs without drawing them. */
const openFakePdf: OpenPdf = async (bytes) => {
  const text = new TextDecoder().decode(bytes);
  if (!text.startsWith("%PDF")) {
    throw new Error("These bytes are no PDF");
  }
  const streams = [...text.matchAll(/stream\n([^]*?)\nendstream/g)].map(([, body = ""]) => body);
  return {
    pages: streams.map(() => ({ width: 612, height: 792 })),
    total: streams.length,
    paint: async () => {},
    text: async (page) => [...(streams[page - 1] ?? "").matchAll(/\((.*)\) Tj/g)].map(([, line]) => line).join("\n"),
    close() {},
  };
};

/** Addresses of pictures that are shown; each is let go when its picture is. */
export const shownPictures = new Set<string>();

/** Reads the size of a made-up PNG without drawing it. */
const openFakePicture: OpensPicture = async (bytes) => {
  if (bytes[0] !== 0x89) {
    throw new Error("These bytes are no picture");
  }
  const head = new DataView(bytes.buffer, bytes.byteOffset);
  const url = `blob:${head.getUint32(16)}x${head.getUint32(20)}`;
  shownPictures.add(url);
  return { url, width: head.getUint32(16), height: head.getUint32(20), close: () => shownPictures.delete(url) };
};

export interface Desk {
  host: FakeHost;
  user: UserEvent;
  view: RenderResult;
}

/** Draws the whole window on a made-up desk. */
export function openDesk(options: FakeOptions & { at?: string; openPdf?: OpenPdf } = {}): Desk {
  const { at = "#/clients", openPdf = openFakePdf, ...rest } = options;
  window.location.hash = at;
  const host = makeFakeHost(rest);
  const user = userEvent.setup();
  const view = render(
    <PdfProvider value={openPdf}>
      <PictureProvider value={openFakePicture}>
        <App host={host} env="test" />
      </PictureProvider>
    </PdfProvider>,
  );
  return { host, user, view };
}

/** A made-up client by what a test needs: signed and whole, without an agreement, without a full address. */
export const CLIENT = { whole: "1030", unsigned: "1003", incomplete: "1026" } as const;

export function atClient(id: string): string {
  return `#/clients/${id}`;
}

export async function items(): Promise<HTMLElement[]> {
  return await screen.findAllByTestId("item-row");
}

/** Types into fields, each by its test id, as soon as the first is there. */
export async function fillIn({ user }: Pick<Desk, "user">, texts: Record<string, string>): Promise<void> {
  for (const [testId, text] of Object.entries(texts)) {
    await user.type(await screen.findByTestId(testId), text);
  }
}

/** Waits for the element, and holds that it took the focus as it came. */
export async function hasFocus(testId: string): Promise<void> {
  const element = await screen.findByTestId(testId);
  expect(document.activeElement).toBe(element);
}

export function valueOf(testId: string): string {
  return screen.getByTestId<HTMLInputElement>(testId).value;
}

/** The last thing that the desk was asked by this name. */
export function lastTake(host: FakeHost, name: string): unknown {
  return host.calls.findLast((call) => call.name === name)?.take;
}

export function timesAsked(host: FakeHost, name: string): number {
  return host.calls.filter((call) => call.name === name).length;
}

/** Prepares one letter to each bureau for three items, by keys, and waits for the letters. */
export async function prepareThree(user: UserEvent): Promise<void> {
  const rows = await items();
  const firsts = ["equifax", "experian", "transunion"].map((bureau) => rows.find((row) => row.dataset["bureau"] === bureau));
  for (const row of firsts) {
    if (row) {
      await user.click(row);
    }
  }
  await user.keyboard("{Shift>}R{/Shift}");
  await user.click(await screen.findByRole("option", { name: /balance is incorrect/ }));
  await user.keyboard("123");
  await user.click(screen.getByTestId("template-picker"));
  await user.click(await screen.findByRole("option", { name: /First round, short/ }));
  await user.click(screen.getByTestId("prepare-letters"));
  await screen.findAllByTestId("letter-row");
}
