import { auto, CASCADE, char, dateTime, foreignKey, integer, oneToOne, swappable, text } from '@nuages/orm'
import { createModel, defineMigration, swappableDependency } from '@nuages/orm/migrations'

export default defineMigration({
  dependencies: [swappableDependency('authUserModel')],
  operations: [
    createModel('TotpDevice', {
      id: auto(),
      user: oneToOne(swappable('authUserModel'), { onDelete: CASCADE }),
      secret: text(),
      lastStep: integer(),
      created: dateTime(),
    }),
    createModel(
      'RecoveryCode',
      {
        id: auto(),
        user: foreignKey(swappable('authUserModel'), { onDelete: CASCADE }),
        codeHash: char({ maxLength: 64 }),
        used: dateTime({ null: true }),
      },
      {
        constraints: [{ type: 'unique', name: 'twofactor_recoverycode_user_hash_uniq', fields: ['user', 'codeHash'] }],
      },
    ),
  ],
})
