import { EmailInput, email, Form, type FormOptions } from '@nuages/forms'
import { gettext } from '@nuages/i18n'

/** Asks for the address of an account. */
export class AddressForm extends Form({
  email: email({
    maxLength: 254,
    widget: new EmailInput({ autocomplete: 'email', autocapitalize: 'none', spellcheck: 'false' }),
  }),
}) {
  constructor(options: FormOptions<'email'> = {}) {
    super(options)
    this.fields.email.label = gettext('Email address')
  }
}
