import { useNavigate } from '@tanstack/react-router';
import { useSearchText } from '../../app/use-search.ts';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { KitActions } from './kit-actions.tsx';
import { KitFields } from './kit-fields.tsx';
import { KitStates } from './kit-states.tsx';
import { KitValues } from './kit-values.tsx';

/** Every part of the pages' design, as it is used. */
export default function Kit() {
  const tab = useSearchText('tab') ?? 'fields';
  const navigate = useNavigate();
  const show = (next: string) => void navigate({ to: '/kit', search: { tab: next }, replace: true });
  const tabs = [
    { value: 'fields', label: 'Fields', content: <KitFields /> },
    { value: 'actions', label: 'Actions', content: <KitActions /> },
    { value: 'values', label: 'Values', content: <KitValues /> },
    { value: 'states', label: 'States', content: <KitStates /> },
  ];
  return (
    <Page title="Parts of pages" lead="What pages are made of, in the colours and sizes of this browser.">
      <Tabs label="Kinds of parts" tabs={tabs} value={tab} onChange={show} />
    </Page>
  );
}
