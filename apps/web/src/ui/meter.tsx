import './meter.css';
import { type ReactNode, useId } from 'react';

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
      <meter
        className="meter-bar"
        aria-labelledby={id}
        min={0}
        max={max}
        low={warnAt}
        high={max}
        optimum={0}
        value={value}
      >
        {value} of {max}
      </meter>
      {hint !== undefined && <div className="field-hint">{hint}</div>}
    </div>
  );
}
