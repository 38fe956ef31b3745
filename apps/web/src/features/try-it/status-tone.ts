import type { Tone } from '../../ui/tones.ts';

/** The colour of an HTTP status: done, led elsewhere, refused, failed. */
export function statusTone(status: number | undefined): Tone {
  if (status === undefined || status < 200) return 'neutral';
  if (status < 300) return 'success';
  if (status < 400) return 'info';
  return status < 500 ? 'warning' : 'danger';
}
