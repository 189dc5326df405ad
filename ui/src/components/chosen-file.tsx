import type { ChosenFile, FileFormat } from "../host/bindings";
import { fileSize } from "../lib/format";
import classes from "./chosen-file.module.css";
import { Tag } from "./tag";
import { Thumbnail } from "./thumbnail";

/** What can be drawn small. */
const SEEN: ReadonlySet<FileFormat> = new Set<FileFormat>(["jpeg", "png", "pdf"]);

/** A chosen file by its name, what it is by its content, and what speaks against it. */
export function ChosenFileLine({ file }: { file: ChosenFile }) {
  return (
    <div className={classes["file"]}>
      {file.format && SEEN.has(file.format) ? <Thumbnail source={{ kind: "chosen", id: file.token }} here /> : null}
      <span className={classes["name"]} title={file.name}>
        {file.name}
      </span>
      {file.format ? <Tag>{file.format.toUpperCase()}</Tag> : null}
      {file.format ? <span className={classes["size"]}>{fileSize(file.size)}</span> : null}
      {file.problem ? (
        <span className={classes["refused"]} data-testid="file-refused">
          Cannot be taken: {file.problem.message}
        </span>
      ) : null}
      {file.duplicate ? (
        <span className={classes["duplicate"]} data-testid="file-duplicate">
          The same file waits in the outbox already, or went through it.
        </span>
      ) : null}
    </div>
  );
}
