import './audit.css';
import { exportAuditEvents, listAuditEventsInHub } from '@moothall/platform/contracts';
import { useSearchState } from '../../app/use-search-state.ts';
import { addressOf } from '../../data/operation-input.ts';
import { usePages } from '../../data/use-operation.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { MoreButton } from '../administration/more-button.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';
import { AuditFilters, auditFilterNames } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';
import { endOfDay, startOfDay } from './days.ts';

/** The audit log of the organisation, narrowed as the address says. */
export default function Audit() {
  const [filters, setFilters] = useSearchState(auditFilterNames);
  const { mayReadAuditLog } = useAdministrator();
  const { category, actorId } = filters;
  const from = startOfDay(filters.from);
  const to = endOfDay(filters.to);
  const query = {
    ...(category && { eventCategories: category }),
    ...(actorId && { actorId }),
    ...(from && { from }),
    ...(to && { to }),
  };
  const log = usePages(listAuditEventsInHub, { query: { ...query, max: 50 } });
  const categories = log.data?.pages[0]?.reply.categories ?? {};
  const clear = () => setFilters({ category: '', actorId: '', from: '', to: '' });
  return (
    <Page
      title="Audit"
      lead="What administrators and owners of apps changed, by whom and when. Nothing here can be changed."
      actions={
        mayReadAuditLog && (
          <LinkButton href={addressOf(exportAuditEvents, { query })}>Export as CSV</LinkButton>
        )
      }
    >
      <Stack>
        {mayReadAuditLog && (
          <AuditFilters filters={filters} setFilters={setFilters} categories={categories} />
        )}
        <Loaded query={log} shape="table" needs="the role of a full administrator or read-only administrator">
          {({ pages }) => {
            const events = pages.flatMap(({ reply }) => reply.items);
            if (events.length === 0)
              return <NoEvents isNarrowed={Object.values(filters).some(Boolean)} clear={clear} />;
            return (
              <>
                <AuditTable
                  events={events}
                  categories={categories}
                  onActor={(id) => setFilters({ actorId: id })}
                />
                <MoreButton list={log} />
              </>
            );
          }}
        </Loaded>
      </Stack>
    </Page>
  );
}

function NoEvents({ isNarrowed, clear }: { isNarrowed: boolean; clear: () => void }) {
  return (
    <EmptyState
      title={isNarrowed ? 'Nothing matches that' : 'Nothing was changed yet'}
      action={isNarrowed && <Button onClick={clear}>Show everything</Button>}
    >
      What administrators do stands here as soon as it is done.
    </EmptyState>
  );
}
