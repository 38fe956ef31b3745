/** Builds the command line of `postgres` for a cluster: no TCP, a private socket, UTC, small memory, and a log
 *  without row contents (`terse` drops the details that quote them). The caller's settings win over these
 *  defaults, but not over where and under which name the cluster listens.
 *  @param options.durable  false turns `fsync`, `full_page_writes` and `synchronous_commit` off: a crash of the
 *                          machine may then ruin the cluster */
export function serverArguments(
  clusterDir: string,
  options: {
    name: string;
    socketDir: string;
    port: number;
    durable: boolean;
    settings: Record<string, string>;
  },
): string[] {
  const settings: Record<string, string> = {
    shared_buffers: '32MB',
    wal_buffers: '4MB',
    max_connections: '100',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_error_verbosity: 'terse',
    ...(options.durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
    ...options.settings,
    listen_addresses: '',
    unix_socket_directories: options.socketDir,
    unix_socket_permissions: '0700',
    port: String(options.port),
    cluster_name: options.name,
  };
  return ['-D', clusterDir, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])];
}
