import type { listAuditEventsInHub } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/layout.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { anyOf, wordsOfRole } from '../administration/role-words.ts';

type AuditEvent = ReplyOf<typeof listAuditEventsInHub>['items'][number];

/** Audited actions, newest first, each with its details. */
export function AuditTable({
  events,
  categories,
  onActor,
}: {
  events: readonly AuditEvent[];
  categories: Readonly<Record<string, string>>;
  onActor: (actorId: string) => void;
}) {
  return (
    <Table
      caption={`${events.length} shown, newest first`}
      rows={events}
      rowKey={({ id }) => id}
      columns={[
        { key: 'what', header: 'What', cell: (event) => <What event={event} categories={categories} /> },
        {
          key: 'who',
          header: 'By',
          cell: ({ actorId, data }) => (
            <Button
              small
              variant="quiet"
              className="audit-actor"
              onClick={() => onActor(actorId)}
              aria-label={`${data.actorName}: show only theirs`}
            >
              {data.actorName}
            </Button>
          ),
        },
        { key: 'when', header: 'When', cell: ({ created }) => <Time at={created} /> },
      ]}
    />
  );
}

function What({
  event: { data },
  categories,
}: {
  event: AuditEvent;
  categories: Readonly<Record<string, string>>;
}) {
  const facts = [
    ['Kind', categories[data.eventCategory] ?? data.eventCategory],
    ['About', `${data.targetName} (${data.targetType.replaceAll('_', ' ')})`],
    ['Id of that', data.targetId],
    ['By', `${data.actorName}, ${data.actorEmail}`],
    ['In the role', anyOf(data.adminRoles.map(wordsOfRole))],
    ['Address', data.actorIp],
    ['Browser', data.actorUserAgent],
    ['Tracking id', data.trackingId],
  ] as const;
  return (
    <div className="audit-what">
      <span>{data.actionText}</span>
      <details>
        <summary className="field-hint">Details</summary>
        <Facts items={facts.flatMap(([name, value]) => (value ? [{ name, value }] : []))} />
      </details>
    </div>
  );
}
