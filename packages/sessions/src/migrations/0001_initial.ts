import { char, dateTime, text } from '@nuages/orm'
import { createModel, defineMigration } from '@nuages/orm/migrations'

export default defineMigration({
  operations: [
    createModel(
      'Session',
      {
        sessionKey: char({ maxLength: 40, primaryKey: true }),
        sessionData: text(),
        expireDate: dateTime({ dbIndex: true }),
      },
      { table: 'django_session' },
    ),
  ],
})
