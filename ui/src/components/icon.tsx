import type { ReactNode } from "react";

/** Line drawings on a 20 x 20 grid, in the colour of the text around them. */
const DRAWINGS = {
  people: (
    <>
      <circle cx="7.5" cy="6.5" r="3" />
      <path d="M2 16.5c0-3 2.5-4.8 5.5-4.8s5.5 1.8 5.5 4.8" />
      <path d="M13 3.9a2.8 2.8 0 0 1 0 5.2M15 12.2c1.8.6 3 2.1 3 4.3" />
    </>
  ),
  letter: (
    <>
      <rect x="2.5" y="4.5" width="15" height="11" rx="1.5" />
      <path d="m3 6 7 5 7-5" />
    </>
  ),
  help: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M7.8 7.8c.2-1.3 1.1-2 2.3-2 1.3 0 2.2.8 2.2 2 0 1.8-2.3 1.9-2.3 3.7" />
      <path d="M10 14.1v.1" />
    </>
  ),
  search: (
    <>
      <circle cx="8.8" cy="8.8" r="5.3" />
      <path d="m12.8 12.8 4.2 4.2" />
    </>
  ),
  sun: (
    <>
      <circle cx="10" cy="10" r="3.2" />
      <path d="M10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M4.3 15.7l1.3-1.3M14.4 5.6l1.3-1.3" />
    </>
  ),
  moon: <path d="M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3Z" />,
  screen: (
    <>
      <rect x="2.5" y="3.5" width="15" height="10" rx="1.5" />
      <path d="M7 17h6M10 13.5V17" />
    </>
  ),
  sync: <path d="M16.5 8A7 7 0 0 0 4 6.5L2.8 8M2.8 4v4h4M3.5 12A7 7 0 0 0 16 13.5l1.2-1.5M17.2 16v-4h-4" />,
  offline: <path d="M3 3l14 14M6 7a5 5 0 0 0-.8 8.5h9M9 5.3A5 5 0 0 1 14.8 9a3.3 3.3 0 0 1 2.3 5" />,
  warning: <path d="M10 3 2.5 16.5h15L10 3ZM10 8.2v4M10 14.3v.1" />,
  check: <path d="m4 10.5 4 4 8-9" />,
  pause: <path d="M7 4.5v11M13 4.5v11" />,
  resume: <path d="M6.5 4v12l9-6-9-6Z" />,
  cross: <path d="m5 5 10 10M15 5 5 15" />,
  person: (
    <>
      <circle cx="10" cy="6.8" r="3.3" />
      <path d="M3.5 17c.4-3.3 3-5.2 6.5-5.2s6.1 1.9 6.5 5.2" />
    </>
  ),
  down: <path d="m5.5 8 4.5 4.5L14.5 8" />,
  right: <path d="m8 5.5 4.5 4.5L8 14.5" />,
  left: <path d="M12 5.5 7.5 10l4.5 4.5" />,
  save: <path d="M10 3v9m0 0 3.5-3.5M10 12 6.5 8.5M3.5 13v3.5h13V13" />,
  print: <path d="M6 7V3h8v4M6 14H3.5V7.5h13V14H14M6 11.5h8V17H6z" />,
  trash: <path d="M3.5 5.5h13M8 5.5v-2h4v2M5 5.5l.8 11h8.4l.8-11M8.3 8.8v4.7M11.7 8.8v4.7" />,
  plus: <path d="M10 4v12M4 10h12" />,
  minus: <path d="M4 10h12" />,
  window: (
    <>
      <rect x="2.5" y="4.5" width="15" height="11" rx="1" />
      <rect x="5" y="9" width="6" height="3.5" />
    </>
  ),
  eye: (
    <>
      <path d="M2 10c1.8-3.3 4.6-5 8-5s6.2 1.7 8 5c-1.8 3.3-4.6 5-8 5s-6.2-1.7-8-5Z" />
      <circle cx="10" cy="10" r="2.3" />
    </>
  ),
  outbox: <path d="M3 11.5v4.5h14v-4.5M3 11.5h4l1 2h4l1-2h4M10 9.5V3m0 0L7 6M10 3l3 3" />,
  fax: <path d="M7 8V3h7l2 2v3M3 8h2.5v8H3zM5.5 8H17v8H5.5zM9 11.5h.1M12 11.5h.1M15 11.5h.1M9 13.7h.1M12 13.7h.1M15 13.7h.1" />,
  pencil: <path d="m4 16 .8-3.5L13 4.3l2.7 2.7-8.2 8.2L4 16ZM11.3 6l2.7 2.7" />,
  lock: (
    <>
      <rect x="4" y="9" width="12" height="8" rx="1.5" />
      <path d="M6.8 9V6.5a3.2 3.2 0 0 1 6.4 0V9" />
    </>
  ),
  undo: <path d="M7 4 3.5 7.5 7 11M3.5 7.5H12a4.3 4.3 0 0 1 0 8.6H8" />,
  keyboard: (
    <>
      <rect x="2" y="5" width="16" height="10" rx="1.5" />
      <path d="M5 8.3h.1M8.3 8.3h.1M11.6 8.3h.1M15 8.3h.1M6.5 11.8h7" />
    </>
  ),
  file: <path d="M5 2.5h6.5L15.5 6.5v11H5zM11.5 2.5v4h4" />,
  swap: <path d="M4 7h11l-3-3M16 13H5l3 3" />,
  note: <path d="M4 3.5h12v9l-4 4H4zM16 12.5h-4v4M7 7.5h6M7 10.5h3.5" />,
  mail: (
    <>
      <circle cx="10" cy="10" r="3" />
      <path d="M13 7v4a2 2 0 0 0 4.2 0v-1A7.2 7.2 0 1 0 14 16" />
    </>
  ),
  chat: <path d="M3 4h14v9.5H9L5.5 16.5v-3H3zM6.5 7.5h7M6.5 10h4.5" />,
  clip: <path d="m15.5 9-5.8 5.8a3.4 3.4 0 0 1-4.8-4.8l6.3-6.3a2.3 2.3 0 0 1 3.2 3.2l-6 6a1.1 1.1 0 0 1-1.6-1.6L12 6" />,
  sliders: (
    <>
      <path d="M3 6h8M15 6h2M3 14h2M9 14h8" />
      <circle cx="13" cy="6" r="2" />
      <circle cx="7" cy="14" r="2" />
    </>
  ),
  funnel: <path d="M3 4h14l-5.5 6.5V16l-3-1.5v-4L3 4Z" />,
  sort: <path d="M6.5 4v12m0 0L3.5 13M6.5 16l3-3M13.5 16V4m0 0-3 3M13.5 4l3 3" />,
  up: <path d="m5.5 12 4.5-4.5L14.5 12" />,
  bookmark: <path d="M5.5 3h9v14L10 13.5 5.5 17z" />,
  clock: (
    <>
      <circle cx="10" cy="10" r="7.2" />
      <path d="M10 5.8V10l2.8 1.8" />
    </>
  ),
  panel: <path d="M3 4h14v12H3zM12.5 4v12" />,
  exit: <path d="M8 3.5H4v13h4M12.5 6.5 16 10l-3.5 3.5M16 10H8" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof DRAWINGS;

/** A drawing beside words that say the same: hidden from those who listen. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={size > 24 ? 1.1 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: "none" }}
    >
      {DRAWINGS[name]}
    </svg>
  );
}
