import { Badge } from '../../ui/badge.tsx';
import type { Tone } from '../../ui/tones.ts';
import type { ApiOperation } from './operations.ts';

const tones: Readonly<Record<string, Tone>> = {
  GET: 'info',
  POST: 'success',
  PUT: 'warning',
  PATCH: 'warning',
  DELETE: 'danger',
};

/** An HTTP method. */
export function Method({ method }: Pick<ApiOperation, 'method'>) {
  return <Badge tone={tones[method] ?? 'neutral'}>{method}</Badge>;
}
