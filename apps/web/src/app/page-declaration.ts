import type { ReactNode } from 'react';

/** A page of an entry, as its feature declares it. */
export type PageDeclaration = {
  /** Path below the entry; `$name` is a parameter. */
  path: string;
  /** The module with the page as its default export; loaded when the page is first opened. */
  load: () => Promise<{ default: () => ReactNode }>;
  /** `public` pages are shown to everybody; the others ask for a session first, which is the rule. */
  access?: 'public' | 'session';
  /** Not there in production. */
  labOnly?: boolean;
  /** Without the navigation: sign-in, consent. */
  bare?: boolean;
};

/** A link of an entry's navigation; it is shown once a page has its path. */
export type NavigationItem = {
  path: string;
  label: string;
  /** What one does there, in a sentence. */
  what: string;
};

/** An entry: one HTML file with its pages. */
export type Entry = {
  /** Where its HTML is served. */
  basePath: '/account' | '/portal' | '/hub';
  title: string;
  /** What the entry is for, in a sentence. */
  lead: string;
  pages: readonly PageDeclaration[];
  navigation: readonly NavigationItem[];
};

/** The pages that are there in the mode of this server. */
export function pagesIn(mode: 'lab' | 'production', pages: readonly PageDeclaration[]): PageDeclaration[] {
  return pages.filter(({ labOnly }) => mode === 'lab' || !labOnly);
}

/** The links of the navigation that lead to a page. */
export function shownNavigation(
  mode: 'lab' | 'production',
  { pages, navigation }: Pick<Entry, 'pages' | 'navigation'>,
): NavigationItem[] {
  const there = new Set(pagesIn(mode, pages).map(({ path }) => path));
  return navigation.filter(({ path }) => there.has(path));
}
