/**
 * The SQL of the tables that keep audit records, for a migration of the application's own. `audit_outbox` holds what
 * transactions of the business wrote, `audit_log` the chained records. The triggers refuse changes by mistake and by
 * careless hands; whoever owns the tables can take them away, and then the chain tells.
 */
export const AUDIT_TABLES: { readonly up: readonly string[]; readonly down: readonly string[] } = {
  up: [
    `create table audit_outbox (
      place bigint generated always as identity primary key,
      id uuid not null unique,
      stream text not null,
      entry text not null,
      xid xid8 not null default pg_current_xact_id()
    )`,
    `create table audit_log (
      stream text not null,
      seq bigint not null,
      id uuid not null unique,
      record text not null,
      hash text not null,
      happened_at text collate "C" generated always as (record::jsonb ->> 'time') stored,
      actor_id text generated always as (record::jsonb #>> '{actor,id}') stored,
      event text generated always as (record::jsonb ->> 'event') stored,
      outcome text generated always as (record::jsonb ->> 'outcome') stored,
      primary key (stream, seq)
    )`,
    'create index audit_log_by_actor on audit_log (stream, actor_id, seq)',
    'create index audit_log_by_event on audit_log (stream, event, seq)',
    `create index audit_log_by_target on audit_log using gin ((record::jsonb -> 'targets') jsonb_path_ops)`,
    `create function audit_refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% only grows: % is refused', tg_table_name, tg_op using errcode = 'restrict_violation';
      end
    $$`,
    `create trigger audit_log_only_grows before update or delete or truncate on audit_log
      for each statement execute function audit_refuse_change()`,
    `create trigger audit_outbox_keeps_its_rows before update or truncate on audit_outbox
      for each statement execute function audit_refuse_change()`,
  ],
  down: ['drop table audit_log', 'drop table audit_outbox', 'drop function audit_refuse_change'],
};
