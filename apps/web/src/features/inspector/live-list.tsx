import './live-list.css';
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { classNames } from '../../ui/class-names.ts';

const ROW_PX = 56;
const HEIGHT_PX = 560;
/** Rows drawn beyond the edges, so that scrolling shows no gaps. */
const SPARE = 6;

/**
 * A list of any length that grows at its top: only the rows in sight are drawn. One stop of the Tab key; the
 * arrow keys, Page Up and Down, Home and End go through the rows, Enter opens one. What one looks at stays in
 * its place when new rows come.
 */
export function LiveList<Row>({
  label,
  rows,
  rowKey,
  children,
  onOpen,
}: {
  label: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  children: (row: Row) => ReactNode;
  onOpen: (row: Row) => void;
}) {
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [scrollPx, setScrollPx] = useState(0);
  const [activeKey, setActiveKey] = useState<string>();
  const keys = rows.map(rowKey);
  useKeepPlace(frame, keys);
  const active = activeKey === undefined ? -1 : keys.indexOf(activeKey);
  const first = Math.max(0, Math.floor(scrollPx / ROW_PX) - SPARE);
  const last = Math.min(rows.length, Math.ceil((scrollPx + HEIGHT_PX) / ROW_PX) + SPARE);
  const go = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    setActiveKey(rowKey(row));
    show(frame.current, rows.indexOf(row));
  };
  const press = (event: KeyboardEvent) => {
    const row = rows[active];
    const target = targetOf(event.key, active, rows.length);
    if (event.key === 'Enter' && row) onOpen(row);
    else if (target !== undefined) go(target);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={frame}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      className="live-list"
      style={{ height: Math.min(HEIGHT_PX, rows.length * ROW_PX) + 2 }}
      aria-activedescendant={active < 0 ? undefined : `${id}-${activeKey}`}
      onKeyDown={press}
      onScroll={(event) => setScrollPx(event.currentTarget.scrollTop)}
    >
      <div role="presentation" className="live-list-rows" style={{ height: rows.length * ROW_PX }}>
        {rows.slice(first, last).map((row, index) => {
          const key = rowKey(row);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for its rows
            <div
              key={key}
              id={`${id}-${key}`}
              role="option"
              tabIndex={-1}
              aria-selected={key === activeKey}
              aria-posinset={first + index + 1}
              aria-setsize={rows.length}
              className={classNames('live-list-row', key === activeKey && 'live-list-active')}
              style={{ top: (first + index) * ROW_PX, height: ROW_PX }}
              onClick={() => {
                setActiveKey(key);
                onOpen(row);
              }}
            >
              {children(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Where a key leads from a row; undefined for keys that lead nowhere. */
function targetOf(key: string, from: number, count: number): number | undefined {
  const perPage = Math.floor(HEIGHT_PX / ROW_PX);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + perPage,
    PageUp: from - perPage,
    Home: 0,
    End: count - 1,
  };
  return targets[key];
}

function show(frame: HTMLElement | null, index: number): void {
  if (!frame) return;
  const top = index * ROW_PX;
  if (top < frame.scrollTop) frame.scrollTop = top;
  else if (top + ROW_PX > frame.scrollTop + frame.clientHeight)
    frame.scrollTop = top + ROW_PX - frame.clientHeight;
}

/** Rows that come at the top push down what one reads; the list is scrolled along with it. */
function useKeepPlace(frame: { current: HTMLElement | null }, keys: readonly string[]): void {
  const before = useRef(keys[0]);
  useLayoutEffect(() => {
    const list = frame.current;
    const moved = before.current === undefined ? 0 : keys.indexOf(before.current);
    if (list && list.scrollTop > 0 && moved > 0) list.scrollTop += moved * ROW_PX;
    before.current = keys[0];
  });
}
