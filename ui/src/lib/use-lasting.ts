import { useEffect, useState } from "react";

/** Whether something has gone on for `pause` milliseconds: of what is over at once nothing is shown. */
export function useLasting(goesOn: boolean, pause = 300): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!goesOn) {
      return undefined;
    }
    const timer = setTimeout(() => setLasts(true), pause);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [goesOn, pause]);
  return goesOn && lasts;
}
