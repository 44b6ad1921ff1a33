import { boolean, char, compose, dateTime, email, manyToMany } from '@nuages/orm'
import { Group, Permission } from './permission.ts'
import { validateUsername } from './username.ts'

/** The fields of whoever logs in with a password. Django's `AbstractBaseUser`. */
export const abstractBaseUser = {
  password: char({ maxLength: 128 }),
  lastLogin: dateTime({ null: true, blank: true }),
}

/** The fields of whoever may be permitted things. Django's `PermissionsMixin`. */
export const permissionsMixin = {
  isSuperuser: boolean({
    default: false,
    verboseName: 'superuser status',
    helpText: 'May do everything, whatever is permitted below.',
  }),
  get groups() {
    return manyToMany(Group, { blank: true, helpText: 'The user may do what any of these groups may.' })
  },
  get userPermissions() {
    return manyToMany(Permission, { blank: true, helpText: 'What this user may do beside that.' })
  },
}

/** What `AbstractUser` adds to them. */
export const namesAndStatus = {
  username: char({
    maxLength: 150,
    unique: true,
    helpText: 'At most 150 characters: letters, digits and @ . + - _',
    validators: [validateUsername],
  }),
  firstName: char({ maxLength: 150, blank: true, default: '' }),
  lastName: char({ maxLength: 150, blank: true, default: '' }),
  email: email({ blank: true, default: '', verboseName: 'email address' }),
  isStaff: boolean({ default: false, verboseName: 'staff status', helpText: 'May log in to the admin site.' }),
  isActive: boolean({
    default: true,
    verboseName: 'active',
    helpText: 'Take this away in place of deleting the user.',
  }),
  dateJoined: dateTime({ default: () => Temporal.Now.instant().round('microsecond') }),
}

/** The fields of Django's users: all of `abstractBaseUser` and `permissionsMixin`, and a username, names and an email. */
export const abstractUser = compose(compose(abstractBaseUser, permissionsMixin), namesAndStatus)
