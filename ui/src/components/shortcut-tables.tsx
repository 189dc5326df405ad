import { SHORTCUTS, SHORTCUT_IDS } from "../lib/shortcuts";
import { KeyCombination } from "./keys";
import classes from "./shortcut-tables.module.css";

const PLACES = ["Everywhere", "Dialogs", "Today", "Clients", "Client", "Records", "Reports", "Letters", "Pages", "Print runs", "Outbox"] as const;

const CAPTIONS: Partial<Record<(typeof PLACES)[number], string>> = {
  Client: "A client's items",
  Reports: "A client's credit reports",
  Pages: "Pages of letters, files and faxes",
  Records: "Correspondence, follow-ups, documents, notes, overview",
};

/** Every shortcut, by the place where it works. */
export function ShortcutTables() {
  return (
    <div className={classes["tables"]}>
      {PLACES.map((place) => (
        <table key={place} className={classes["table"]}>
          <caption>{CAPTIONS[place] ?? place}</caption>
          <tbody>
            {SHORTCUT_IDS.filter((id) => SHORTCUTS[id].where === place).map((id) => (
              <tr key={id}>
                <th scope="row">{SHORTCUTS[id].does}</th>
                <td>
                  {SHORTCUTS[id].keys.map((keys, index) => (
                    <span key={keys}>
                      {index > 0 ? " or " : ""}
                      <KeyCombination keys={keys} />
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
