import { useEffect, useState } from "react";

/** The value as it was when it last rested for `pause` milliseconds. An emptied text counts at once. */
export function useDebounced(value: string, pause: number): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    if (value === rested) {
      return undefined;
    }
    const timer = setTimeout(() => setRested(value), value === "" ? 0 : pause);
    return () => clearTimeout(timer);
  }, [value, rested, pause]);
  return rested;
}
