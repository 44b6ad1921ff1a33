import { auto, CASCADE, char, dateTime, foreignKey, positiveSmallInteger, SET_NULL, swappable, text } from '@nuages/orm'
import { createModel, defineMigration, swappableDependency } from '@nuages/orm/migrations'

export default defineMigration({
  dependencies: [swappableDependency('authUserModel'), ['contenttypes', '0001_initial']],
  operations: [
    createModel(
      'LogEntry',
      {
        id: auto(),
        actionTime: dateTime(),
        user: foreignKey(swappable('authUserModel'), { onDelete: CASCADE }),
        contentType: foreignKey('contenttypes.ContentType', { null: true, onDelete: SET_NULL }),
        objectId: text({ null: true }),
        objectRepr: char({ maxLength: 200 }),
        actionFlag: positiveSmallInteger(),
        changeMessage: text({ default: '' }),
      },
      { table: 'django_admin_log' },
    ),
  ],
})
