import type { RecordAccess } from "../host/bindings";
import type { IconName } from "./icon";

/** What stands in place of records. */
export interface Nothing {
  icon: IconName;
  title: string;
  text: string;
}

/** Why there are none of these: not permitted, not there, not read yet, or `none` as the portal says. */
export function nothingOf(what: string, access: RecordAccess, none: Nothing): Nothing {
  switch (access) {
    case "forbidden":
      return { icon: "lock", title: `Your account may not read ${what}`, text: "Ask an administrator of the portal for the permission, then sync." };
    case "missing":
      return {
        icon: none.icon,
        title: `This portal has no ${what}`,
        text: "It has nothing at the address where they should be. If it should have them, tell your administrator.",
      };
    case "unread":
      return { icon: "sync", title: `The ${what} were not read yet`, text: "They come with the next sync." };
    case "read":
      return none;
  }
}
