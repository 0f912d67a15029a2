/**
 * SQL that sets up a session of the relay on PostgreSQL, whatever the server, the role or DATABASE_URL says. Sent after connecting,
 * because a connection pooler refuses it as startup parameters.
 * @param statementMs timeout of a statement; 0: none
 */
export function sessionSettings(statementMs: number): string {
  const settings = {
    // A call must be on the disk before it is dialled.
    synchronous_commit: 'on',
    statement_timeout: statementMs,
    // The locks of a relay whose machine vanished would otherwise be held for hours: of one in the middle of a transaction, and of
    // one that was idle or did not take what it was sent.
    idle_in_transaction_session_timeout: 10_000,
    tcp_keepalives_idle: 10,
    tcp_keepalives_interval: 5,
    tcp_keepalives_count: 2,
    tcp_user_timeout: 20_000,
  };
  return Object.entries(settings)
    .map(([name, value]) => `set ${name} = ${value}`)
    .join('; ');
}
