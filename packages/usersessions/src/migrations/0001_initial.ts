import { auto, CASCADE, char, dateTime, foreignKey, swappable } from '@nuages/orm'
import { createModel, defineMigration, swappableDependency } from '@nuages/orm/migrations'

export default defineMigration({
  dependencies: [swappableDependency('authUserModel')],
  operations: [
    createModel('UserSession', {
      id: auto(),
      user: foreignKey(swappable('authUserModel'), { onDelete: CASCADE }),
      sessionHash: char({ maxLength: 64, unique: true }),
      sealedKey: char({ default: '', maxLength: 255 }),
      authHash: char({ maxLength: 64 }),
      created: dateTime(),
      lastSeen: dateTime(),
      expires: dateTime({ dbIndex: true }),
      address: char({ default: '', maxLength: 64 }),
      userAgent: char({ default: '', maxLength: 300 }),
    }),
  ],
})
