import { useEffect, useRef } from "react";
import { Keys } from "../../components/keys";
import { PageTitle } from "../../components/page-title";
import { ShortcutTables } from "../../components/shortcut-tables";
import { CLIENTS, RECORDS } from "./about-clients";
import { BEGINNING, DESK } from "./about-desk";
import { LETTERS, SENDING } from "./about-letters";
import classes from "./help-page.module.css";
import type { Chapter, Section } from "./section";
import { Shot } from "./shot";

const CHAPTERS: readonly Chapter[] = [
  BEGINNING,
  CLIENTS,
  LETTERS,
  RECORDS,
  SENDING,
  { title: DESK.title, sections: [...DESK.sections, { id: "shortcuts", title: "Shortcuts", keys: "sheet", text: <ShortcutTables /> }] },
];

/** Where a section is. The application's routes read the same. */
function placeOf({ id }: Section): string {
  return `#/help/${id}`;
}

/** The user guide: what each page is for, and every shortcut. `about` is the section that is shown first. */
export function HelpPage({ about }: { about: string | undefined }) {
  const page = useRef<HTMLDivElement>(null);
  const show = (id: string) => {
    const heading = [...(page.current?.querySelectorAll<HTMLElement>("[data-section]") ?? [])].find(({ dataset }) => dataset["section"] === id);
    heading?.scrollIntoView();
    heading?.focus({ preventScroll: true });
    return heading !== undefined;
  };
  useEffect(() => {
    if (page.current && (about === undefined || !show(about))) {
      page.current.scrollTop = 0;
    }
  }, [about]);

  return (
    <div className={classes["page"]} ref={page}>
      <div className={classes["column"]}>
        <PageTitle focus={about === undefined}>Help</PageTitle>
        <nav className={classes["contents"]} aria-label="Contents" data-testid="help-contents">
          {CHAPTERS.map(({ title, sections }) => (
            <div key={title}>
              <h2>{title}</h2>
              <ul>
                {sections.map((section) => (
                  <li key={section.id}>
                    {/* Also when its address is the page's already. */}
                    <a href={placeOf(section)} onClick={() => show(section.id)}>
                      {section.short ?? section.title}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
        {CHAPTERS.map(({ title, sections }) => (
          <div key={title}>
            <h2>{title}</h2>
            {sections.map((section) => (
              <About key={section.id} section={section} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function About({ section: { id, title, keys, text, shots } }: { section: Section }) {
  return (
    <section className={classes["section"]} data-testid="help-section">
      <h3 tabIndex={-1} data-section={id}>
        {title} {keys ? <Keys of={keys} /> : null}
      </h3>
      {text}
      {shots ? (
        <div className={classes["shots"]}>
          {shots.map(([name, caption]) => (
            <Shot key={name} of={name}>
              {caption}
            </Shot>
          ))}
        </div>
      ) : null}
    </section>
  );
}
