import { bigAuto, boolean, char, dateTime, email, manyToMany } from 'nuages/orm'
import { createModel, defineMigration } from 'nuages/orm/migrations'

export default defineMigration({
  dependencies: [['auth', '0001_initial']],
  operations: [
    createModel('User', {
      id: bigAuto(),
      password: char({ maxLength: 128 }),
      lastLogin: dateTime({ null: true }),
      isSuperuser: boolean({ default: false }),
      firstName: char({ default: '', maxLength: 150 }),
      lastName: char({ default: '', maxLength: 150 }),
      email: email({ unique: true }),
      isStaff: boolean({ default: false }),
      isActive: boolean({ default: true }),
      dateJoined: dateTime(),
      groups: manyToMany('auth.Group'),
      userPermissions: manyToMany('auth.Permission'),
    }),
  ],
})
