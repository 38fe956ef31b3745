import { Link } from '@tanstack/react-router';
import { Section } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { countedMax, type OverviewData } from './use-overview.ts';

type Task = { key: string; text: string; to: string; search?: Record<string, string> };

/** What waits for an administrator. */
export function Attention({ data }: { data: OverviewData }) {
  const tasks = tasksOf(data);
  return (
    <Section title="Waiting for you">
      {tasks.length === 0 ? (
        <Notice tone="success">
          <p>Nothing waits for you.</p>
        </Notice>
      ) : (
        <ul className="hub-overview-tasks">
          {tasks.map(({ key, text, to, search }) => (
            <li key={key}>
              <Link to={to} {...(search && { search: search as never })}>
                {text}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function tasksOf({ requests, serviceApps, orphans, overview }: OverviewData): Task[] {
  const asking = serviceApps?.items.filter(({ state }) => state === 'requested').length ?? 0;
  const orphaned = orphans?.items.length ?? 0;
  const full = overview.licenses.filter(({ consumedUnits, totalUnits }) => consumedUnits >= totalUnits);
  const tasks: (Task | false)[] = [
    requests.items.length > 0 && {
      key: 'requests',
      text: sentence(
        requests.items.length,
        'person asks for a blocked integration',
        'people ask for blocked integrations',
      ),
      to: '/apps',
    },
    asking > 0 && {
      key: 'service apps',
      text: sentence(asking, 'service app asks to be authorised', 'service apps ask to be authorised'),
      to: '/apps',
      search: { tab: 'service-apps' },
    },
    orphaned > 0 && {
      key: 'orphans',
      text: sentence(orphaned, 'app has no active owner', 'apps have no active owner'),
      to: '/transfer',
      search: { state: 'orphaned' },
    },
    ...full.map(({ id, name }) => ({
      key: id,
      text: `All seats of ${name} are taken`,
      to: '/users',
      search: { license: id },
    })),
  ];
  return tasks.filter((task) => task !== false);
}

function sentence(count: number, one: string, many: string): string {
  const number = count >= countedMax ? `${countedMax} or more` : String(count);
  return `${number} ${count === 1 ? one : many}`;
}
