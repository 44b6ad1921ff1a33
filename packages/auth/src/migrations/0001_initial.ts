import { auto, boolean, CASCADE, char, dateTime, email, foreignKey, manyToMany } from '@nuages/orm'
import { createModel, defineMigration } from '@nuages/orm/migrations'

export default defineMigration({
  dependencies: [['contenttypes', '0001_initial']],
  operations: [
    createModel(
      'Permission',
      {
        id: auto(),
        name: char({ maxLength: 255 }),
        contentType: foreignKey('contenttypes.ContentType', { onDelete: CASCADE }),
        codename: char({ maxLength: 100 }),
      },
      {
        constraints: [
          {
            type: 'unique',
            name: 'auth_permission_content_type_id_codename_01ab375a_uniq',
            fields: ['contentType', 'codename'],
          },
        ],
      },
    ),
    createModel('Group', {
      id: auto(),
      name: char({ maxLength: 150, unique: true }),
      permissions: manyToMany('auth.Permission'),
    }),
    createModel(
      'User',
      {
        id: auto(),
        password: char({ maxLength: 128 }),
        lastLogin: dateTime({ null: true }),
        isSuperuser: boolean({ default: false }),
        username: char({ maxLength: 150, unique: true }),
        firstName: char({ default: '', maxLength: 150 }),
        lastName: char({ default: '', maxLength: 150 }),
        email: email({ default: '' }),
        isStaff: boolean({ default: false }),
        isActive: boolean({ default: true }),
        dateJoined: dateTime(),
        groups: manyToMany('auth.Group'),
        userPermissions: manyToMany('auth.Permission'),
      },
      { swappable: 'authUserModel' },
    ),
  ],
})
