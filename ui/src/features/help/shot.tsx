import classes from "./help-page.module.css";

/** Taken by the walk through the real window, `cargo xtask screenshots`. */
const FILES = import.meta.glob<string>(
  "../../../../tests/screenshots/{client,letter-desk,preview,wording,print,printed-well,today,follow-ups,everyones-tasks,client-data,identity,report-difference,correspondence,file,fax-pages,offline,outbox,refused,settle,settings,client-filter,sign-in,palette,clients,gate,runs,agreements,goals,customer-view,report-beside,compose,drop,add-document,notes,paused,agreement-add,fax-record,client-documents,text-message}-{light,dark}.png",
  { eager: true, query: "?url", import: "default" },
);

interface ShotProps {
  /** The picture's name, without its theme. */
  of: string;
  /** What it shows. */
  children: string;
}

/** A picture of the window, in the theme that is on. */
export function Shot({ of, children }: ShotProps) {
  return (
    <figure className={classes["shot"]}>
      {(["light", "dark"] as const).map((theme) => (
        <img key={theme} data-theme={theme} src={FILES[`../../../../tests/screenshots/${of}-${theme}.png`]} alt="" loading="lazy" width={1280} height={800} />
      ))}
      <figcaption>{children}</figcaption>
    </figure>
  );
}
