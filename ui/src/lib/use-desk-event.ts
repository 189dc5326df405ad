import { useEffect, useEffectEvent } from "react";
import type { DeskEvent } from "../host/bindings";
import { useHost } from "../host/host-context";

/** Hears one kind of what the desk says unasked, while mounted. */
export function useDeskEvent<T extends DeskEvent["type"]>(
  type: T,
  handler: (body: Extract<DeskEvent, { type: T }>["body"]) => void,
): void {
  const host = useHost();
  const heard = useEffectEvent((event: DeskEvent) => {
    if (isOf(event, type)) {
      handler(event.body);
    }
  });
  useEffect(() => host.onDeskEvent((event) => heard(event)), [host]);
}

function isOf<T extends DeskEvent["type"]>(event: DeskEvent, type: T): event is Extract<DeskEvent, { type: T }> {
  return event.type === type;
}
