import './badge.css';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import type { Tone } from './tones.ts';

/** A short word about the state of something. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={classNames('badge', `badge-${tone}`)}>{children}</span>;
}
