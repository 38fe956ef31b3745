import { Link } from '@tanstack/react-router';
import { useEntry } from '../../app/entry-context.ts';
import { shownNavigation } from '../../app/page-declaration.ts';
import { siteFacts } from '../../data/site-facts.ts';
import { Card, Grid } from '../../ui/layout.tsx';
import { Page } from '../../ui/page.tsx';

/** The first page of an entry: what there is, in a sentence each. */
export default function Overview() {
  const entry = useEntry();
  const items = shownNavigation(siteFacts().mode, entry).filter(({ path }) => path !== '/');
  return (
    <Page title={entry.title} lead={entry.lead}>
      <Grid>
        {items.map(({ path, label, what }) => (
          <Card key={path}>
            <h2>
              <Link to={path}>{label}</Link>
            </h2>
            <p>{what}</p>
          </Card>
        ))}
      </Grid>
    </Page>
  );
}
