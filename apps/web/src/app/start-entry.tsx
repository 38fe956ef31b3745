import '../ui/css/tokens.css';
import '../ui/css/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { PageClient } from '../data/page-client.ts';
import { createQueryClient } from '../data/query-client.ts';
import { ClientContext } from '../data/use-operation.ts';
import { waysOutOf } from '../data/ways-out.ts';
import { ToastProvider } from '../ui/toast.tsx';
import { EntryContext } from './entry-context.ts';
import type { Entry } from './page-declaration.ts';
import { createEntryRouter } from './router.tsx';
import { applyTheme, chosenTheme } from './theme.ts';

/** Starts an entry in the document. @throws Error when the document has no place for it */
export function startEntry(entry: Entry): void {
  const place = document.getElementById('root');
  if (!place) throw new Error('the document has no #root');
  applyTheme(chosenTheme());
  const client = new PageClient(waysOutOf(window));
  const router = createEntryRouter(entry);
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <ClientContext value={client}>
          <EntryContext value={entry}>
            <ToastProvider>
              <RouterProvider router={router} />
            </ToastProvider>
          </EntryContext>
        </ClientContext>
      </QueryClientProvider>
    </StrictMode>,
  );
}
