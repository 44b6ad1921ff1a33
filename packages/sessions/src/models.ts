import { char, dateTime, Model, manager, text } from '@nuages/orm'

/** A session as the database keeps it; the table is Django's. What visitors stored is in `request.session`. */
export class Session extends Model(
  {
    sessionKey: char({ maxLength: 40, primaryKey: true }),
    /** Signed, so that who can write to the table alone cannot make up a session. */
    sessionData: text(),
    expireDate: dateTime({ dbIndex: true }),
  },
  { table: 'django_session' },
) {
  static objects = manager(Session)
}
