import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { FileSource } from "../host/bindings";
import { useHost } from "../host/host-context";
import { useNear } from "../lib/use-near";
import { Icon } from "./icon";
import { Png } from "./png";
import classes from "./thumbnail.module.css";

/** A file drawn small once it is near what is in view; its place is kept before, so nothing moves. */
export function Thumbnail({ source, here }: { source: FileSource | null; here: boolean }) {
  const host = useHost();
  const place = useRef<HTMLSpanElement>(null);
  const near = useNear(place);
  const { data } = useQuery({
    queryKey: ["thumbnail", source?.kind, source?.id],
    queryFn: () => (source ? host.fileThumbnail(source) : new Uint8Array()),
    enabled: near && here && source !== null,
  });
  const drawn = here && data !== undefined && data.length > 0;
  return (
    <span ref={place} className={classes["place"]} aria-hidden="true" data-testid="thumbnail" data-drawn={drawn}>
      {drawn ? <Png bytes={data} alt="" /> : <Icon name="file" size={18} />}
    </span>
  );
}
