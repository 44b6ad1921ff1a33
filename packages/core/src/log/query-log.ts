import { QueryEvent, queryChannel } from '@nuages/orm'
import { logger } from './logger.ts'

function log(message: unknown): void {
  if (!(message instanceof QueryEvent)) return
  const { sql, alias, duration, error } = message
  const line = { database: alias, sql, ms: Math.round(duration * 100) / 100 }
  if (error === undefined) logger.info(line, 'query')
  else logger.warn({ ...line, err: error }, 'query failed')
}

/** Writes each statement to the log, without its parameters: they may be secret. Where Django has `django.db.backends`. */
export function logQueries(wanted: boolean): void {
  queryChannel.unsubscribe(log)
  if (wanted) queryChannel.subscribe(log)
}
