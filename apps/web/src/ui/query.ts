/** What is shown of a query, or of several that are shown together. */
export type Query<Data> = {
  data: Data | undefined;
  isError: boolean;
  error: unknown;
  refetch: () => Promise<unknown>;
};
