import { useEffect, useRef } from "react";
import { objectUrl } from "../lib/object-url";

/** A picture that the desk drew, for as long as it is shown; its bytes are let go with it. */
export function Png({ bytes, alt }: { bytes: Uint8Array; alt: string }) {
  const picture = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = objectUrl(bytes, "image/png");
    picture.current?.setAttribute("src", url);
    return () => URL.revokeObjectURL(url);
  }, [bytes]);
  return <img ref={picture} alt={alt} />;
}
