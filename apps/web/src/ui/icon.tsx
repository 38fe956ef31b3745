import type { ReactNode } from 'react';

const shapes = {
  menu: <path d="M3 5h14M3 10h14M3 15h14" />,
  theme: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
    </>
  ),
  back: <path d="m11.5 5-5 5 5 5" />,
  chevron: <path d="m5 7.5 5 5 5-5" />,
} satisfies Record<string, ReactNode>;

/** A small drawing beside a name, never in its place for screen readers. */
export function Icon({ name }: { name: keyof typeof shapes }) {
  return (
    <svg
      className="icon"
      aria-hidden="true"
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {shapes[name]}
    </svg>
  );
}
