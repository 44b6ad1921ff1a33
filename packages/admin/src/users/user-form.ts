import { UserChangeForm } from '@nuages/auth'

/** What of a user is changed in the admin; the password has a page of its own. */
export class UserForm extends UserChangeForm {}
