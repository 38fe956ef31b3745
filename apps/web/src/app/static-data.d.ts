import '@tanstack/react-router';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The page is shown without navigation. */
    bare?: boolean;
  }
}
