import type { JSX } from 'preact';

const ten = (
  <text x="10" y="12.7" font-size="7.5" font-weight="600" text-anchor="middle" fill="currentColor" stroke="none">
    10
  </text>
);

// Drawn on a 20 × 20 grid with a 1.6 stroke; `currentColor`, so that a control's state colours its icon.
const shapes = {
  call: (
    <path d="M6.6 3.2 4.5 3.6c-.8.2-1.3.9-1.3 1.7.4 6.3 5.2 11.1 11.5 11.5.8 0 1.5-.5 1.7-1.3l.4-2.1c.1-.6-.2-1.1-.7-1.4l-2.5-1.1c-.5-.2-1-.1-1.4.3l-.9 1a10 10 0 0 1-3.5-3.5l1-.9c.4-.4.5-.9.3-1.4L8 3.9c-.2-.5-.8-.8-1.4-.7Z" />
  ),
  outbound: <path d="M5.5 14.5 14.5 5.5M7.5 5.5h7v7" />,
  inbound: <path d="M14.5 5.5 5.5 14.5M12.5 14.5h-7v-7" />,
  missed: <path d="m3.5 6.5 6.5 6 6.5-6M3.5 11V6.5H8" />,
  internal: <path d="M4 7.5h12m-3-3 3 3-3 3M16 13H4" />,
  play: <path d="M7 4.5v11l9-5.5Z" fill="currentColor" />,
  pause: <path d="M7 5v10M13 5v10" stroke-width="2.6" />,
  back: (
    <>
      <path d="M5.2 5.2A6.8 6.8 0 1 1 3.2 10M5.2 2v3.4h3.4" />
      {ten}
    </>
  ),
  forward: (
    <>
      <path d="M14.8 5.2A6.8 6.8 0 1 0 16.8 10M14.8 2v3.4h-3.4" />
      {ten}
    </>
  ),
  search: <path d="M8.75 14.5a5.75 5.75 0 1 0 0-11.5 5.75 5.75 0 0 0 0 11.5Zm4.2-1.5 4 4" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  settings: (
    <>
      <path d="M3 6h5M14 6h3M3 14h3M12 14h5" />
      <circle cx="11" cy="6" r="2.2" />
      <circle cx="9" cy="14" r="2.2" />
    </>
  ),
  check: <path d="m4 10.5 4 4 8-9" />,
  warning: <path d="M10 3 2.5 16.5h15ZM10 8v4M10 14.2v.1" />,
  copy: <path d="M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4" />,
  keypad: (
    <path
      d="M5 4.5v.1M10 4.5v.1M15 4.5v.1M5 9v.1M10 9v.1M15 9v.1M5 13.5v.1M10 13.5v.1M15 13.5v.1M10 17.5v.1"
      stroke-width="2.6"
    />
  ),
  download: <path d="M10 3v9m-3.5-3.5L10 12l3.5-3.5M4 13v3.5h12V13" />,
  note: <path d="M4 3.5h12v9L12.5 16.5H4ZM12.5 16.5v-4H16M7 7.5h6M7 10.5h3" />,
  page: <path d="M8 4.5H4.5v11h11V12M11 4h5v5M16 4l-7 7" />,
  panel: <path d="M3.5 4.5h13v11h-13ZM12 4.5v11" />,
  keyboard: <path d="M2.5 5.5h15v9h-15ZM5.5 8.4v.1M8.5 8.4v.1M11.5 8.4v.1M14.5 8.4v.1M7 11.6h6" />,
  volume: <path d="M3.5 8v4h2.8l4.2 3.5v-11L6.3 8ZM13.5 7.5a3.6 3.6 0 0 1 0 5M15.7 5.2a6.8 6.8 0 0 1 0 9.6" />,
} satisfies Record<string, JSX.Element>;

export type IconName = keyof typeof shapes;

/** Decorative: the control around it states the meaning in words. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {shapes[name]}
    </svg>
  );
}
