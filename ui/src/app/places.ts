import type { GatePlace, LetterRow } from "../host/bindings";
import { go } from "./routes";

/** Opens where a finding is mended, when that is not the letter itself. */
export function goToPlace(place: GatePlace, { clientId }: Pick<LetterRow, "clientId">): void {
  switch (place.kind) {
    case "agreement":
      go({ page: "client", id: clientId, tab: "agreements" });
      break;
    case "documents":
      go({ page: "client", id: clientId, tab: "documents" });
      break;
    case "item":
      go({ page: "client", id: clientId, tab: "items", item: place.itemId });
      break;
    case "other_letter":
      go({ page: "letters", letters: [place.letterId] });
      break;
    case "letter":
    case "review":
    case "recipient":
      // Both are with the letter; a recipient's record has no page here.
      break;
  }
}
