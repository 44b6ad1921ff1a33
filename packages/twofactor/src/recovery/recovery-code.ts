import { userModel } from '@nuages/auth'
import { auto, CASCADE, char, dateTime, foreignKey, Model, manager } from '@nuages/orm'

/** A code for who has lost their phone: it works once. What it is, only its owner knows. */
export class RecoveryCode extends Model(
  {
    id: auto({ primaryKey: true }),
    get user() {
      return foreignKey(userModel, { onDelete: CASCADE })
    },
    /** A keyed hash of the code. */
    codeHash: char({ maxLength: 64, editable: false }),
    used: dateTime({ null: true, editable: false }),
  },
  { constraints: [{ type: 'unique', name: 'twofactor_recoverycode_user_hash_uniq', fields: ['user', 'codeHash'] }] },
) {
  static objects = manager(RecoveryCode)

  override toString(): string {
    return `RecoveryCode ${this.id}`
  }
}
