import './meter.css';
import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

/**
 * How much of a limit is used.
 * @param warnAt from which value on the bar changes its colour; nine tenths unless said
 */
export function Meter({
  label,
  value,
  max,
  warnAt = Math.ceil(max * 0.9),
  hint,
}: {
  label: string;
  value: number;
  max: number;
  warnAt?: number;
  hint?: ReactNode;
}) {
  const id = useId();
  return (
    <div className="meter">
      <div className="meter-text">
        <span id={id}>{label}</span>
        <span className="meter-value">
          {value} of {max}
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: browsers do not agree on how a meter element is drawn */}
      <div
        className={classNames('meter-track', value >= warnAt && 'meter-near')}
        role="meter"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={`${value} of ${max}`}
      >
        <div className="meter-bar" style={{ inlineSize: `${Math.min(100, (value / max) * 100)}%` }} />
      </div>
      {hint !== undefined && <div className="field-hint">{hint}</div>}
    </div>
  );
}
