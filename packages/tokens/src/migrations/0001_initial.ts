import { auto, CASCADE, char, dateTime, foreignKey, json, swappable } from '@nuages/orm'
import { createModel, defineMigration, swappableDependency } from '@nuages/orm/migrations'

export default defineMigration({
  dependencies: [swappableDependency('authUserModel')],
  operations: [
    createModel('AccessToken', {
      id: auto(),
      user: foreignKey(swappable('authUserModel'), { onDelete: CASCADE }),
      name: char({ maxLength: 100 }),
      digest: char({ maxLength: 64, unique: true }),
      scopes: json(),
      created: dateTime(),
      expires: dateTime({ null: true }),
      lastUsed: dateTime({ null: true }),
      revoked: dateTime({ null: true }),
    }),
  ],
})
