import { act, screen } from "@testing-library/react";
import type { OutboxItem, Problem } from "../src/host/bindings";
import { CLIENT, type Desk, atClient, openDesk } from "./desk";

export const UNREACHED: Problem = { code: "cache_busy", message: "The cache did not answer." };

/** Opens a side of the client that has records; of any other client, one that has none. */
export function openRecords(tab: "correspondence" | "documents" | "notes", options: Parameters<typeof openDesk>[0] & { client?: string } = {}): Desk {
  const { client = CLIENT.whole, ...rest } = options;
  return openDesk({ at: `${atClient(client)}/${tab}`, pull: "stays", ...rest });
}

/** The first line of a list whose text contains this. */
export async function line(testId: string, text: string): Promise<HTMLElement> {
  const found = (await screen.findAllByTestId(testId)).find((one) => one.textContent?.includes(text));
  if (!found) {
    throw new Error(`No ${testId} with ${text}`);
  }
  return found;
}

/** Has the outbox row of a made-up desk move on, as its worker would. */
export async function outboxMoves({ host }: Desk, id: string, part: Partial<OutboxItem>): Promise<void> {
  const row = await host.call("outbox_get", { id });
  act(() => host.putOutbox({ ...row, item: { ...row.item, ...part } }));
}
