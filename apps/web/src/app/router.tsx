import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
  type RouteComponent,
} from '@tanstack/react-router';
import { siteFacts } from '../data/site-facts.ts';
import NotFound from '../features/not-found/not-found.tsx';
import { ErrorState, Loading } from '../ui/states.tsx';
import { type Entry, type PageDeclaration, pagesIn } from './page-declaration.ts';
import { parseSearchText, stringifySearchText } from './search-text.ts';
import { Shell } from './shell.tsx';
import { SignedIn } from './signed-in.tsx';

/** Builds the routes of an entry from what its features declare. */
export function createEntryRouter(entry: Entry) {
  const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
  const routes = pagesIn(siteFacts().mode, entry.pages).map((page) =>
    createRoute({
      getParentRoute: () => root,
      path: page.path,
      component: pageComponent(page),
      staticData: { bare: page.bare ?? false },
    }),
  );
  return createRouter({
    routeTree: root.addChildren(routes),
    basepath: entry.basePath,
    parseSearch: parseSearchText,
    stringifySearch: stringifySearchText,
    defaultPendingComponent: () => <Loading />,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

/** What an entry's routes are made to. */
export type EntryRouter = ReturnType<typeof createEntryRouter>;

function pageComponent({ load, access }: PageDeclaration): RouteComponent {
  const Content = lazyRouteComponent(load);
  if (access === 'public') return Content;
  const Guarded = () => (
    <SignedIn>
      <Content />
    </SignedIn>
  );
  return Object.assign(Guarded, Content.preload && { preload: Content.preload });
}

function PageFailed({ error }: ErrorComponentProps) {
  return <ErrorState title="This page failed" error={error} onRetry={() => window.location.reload()} />;
}
