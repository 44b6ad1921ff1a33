import { gettextLazy } from '@nuages/i18n'
import { boolean, char, compose, dateTime, email, manyToMany } from '@nuages/orm'
import { Group, Permission } from './permission.ts'
import { validateUsername } from './username.ts'

/** The fields of whoever logs in with a password. Django's `AbstractBaseUser`. */
export const abstractBaseUser = {
  password: char({ maxLength: 128, verboseName: gettextLazy('password') }),
  lastLogin: dateTime({ null: true, blank: true, verboseName: gettextLazy('last login') }),
}

/** The fields of whoever may be permitted things. Django's `PermissionsMixin`. */
export const permissionsMixin = {
  isSuperuser: boolean({
    default: false,
    verboseName: gettextLazy('superuser status'),
    helpText: gettextLazy('May do everything, whatever is permitted below.'),
  }),
  get groups() {
    return manyToMany(Group, {
      blank: true,
      verboseName: gettextLazy('groups'),
      helpText: gettextLazy('The user may do what any of these groups may.'),
    })
  },
  get userPermissions() {
    return manyToMany(Permission, {
      blank: true,
      verboseName: gettextLazy('user permissions'),
      helpText: gettextLazy('What this user may do beside that.'),
    })
  },
}

/** What `AbstractUser` adds to them. */
export const namesAndStatus = {
  username: char({
    maxLength: 150,
    unique: true,
    verboseName: gettextLazy('username'),
    helpText: gettextLazy('At most 150 characters: letters, digits and @ . + - _'),
    validators: [validateUsername],
  }),
  firstName: char({ maxLength: 150, blank: true, default: '', verboseName: gettextLazy('first name') }),
  lastName: char({ maxLength: 150, blank: true, default: '', verboseName: gettextLazy('last name') }),
  email: email({ blank: true, default: '', verboseName: gettextLazy('email address') }),
  isStaff: boolean({
    default: false,
    verboseName: gettextLazy('staff status'),
    helpText: gettextLazy('May log in to the admin site.'),
  }),
  isActive: boolean({
    default: true,
    verboseName: gettextLazy('active'),
    helpText: gettextLazy('Take this away in place of deleting the user.'),
  }),
  dateJoined: dateTime({
    default: () => Temporal.Now.instant().round('microsecond'),
    verboseName: gettextLazy('date joined'),
  }),
}

/** The fields of Django's users: all of `abstractBaseUser` and `permissionsMixin`, and a username, names and an email. */
export const abstractUser = compose(compose(abstractBaseUser, permissionsMixin), namesAndStatus)
