import { type CurrentUser, tooManyAttempts } from '@nuages/auth'
import { char, Form, type FormOptions, TextInput } from '@nuages/forms'
import { type HttpRequest, TooManyRequests } from '@nuages/http'
import { gettext } from '@nuages/i18n'
import { type AcceptedCode, checkSecondFactor } from '../device/second-factor.ts'

export interface ChallengeFormOptions extends FormOptions<'code'> {
  readonly request: HttpRequest
  /** Whose second factor it is. */
  readonly user: CurrentUser
  /** Whether a recovery code is asked for; the other kind is taken as well. */
  readonly recovery: boolean
}

/** Asks for a code of the app, or a recovery code. */
export class ChallengeForm extends Form({
  code: char({
    maxLength: 64,
    widget: new TextInput({ autofocus: true, autocapitalize: 'none', spellcheck: 'false' }),
  }),
}) {
  readonly request: HttpRequest
  readonly user: CurrentUser
  /** What the code was, once the form is valid. */
  accepted: AcceptedCode | undefined
  /** Why nothing was looked at, where there were too many attempts. */
  refusal: TooManyRequests | undefined

  constructor({ request, user, recovery, ...options }: ChallengeFormOptions) {
    super(options)
    this.request = request
    this.user = user
    const { code } = this.fields
    code.label = recovery ? gettext('Recovery code') : gettext('Code')
    Object.assign(
      code.widget.attrs,
      recovery ? { autocomplete: 'off' } : { autocomplete: 'one-time-code', inputmode: 'numeric' },
    )
  }

  override async clean(): Promise<void> {
    try {
      this.accepted = await checkSecondFactor(this.request, this.user, this.cleanedData.code)
    } catch (error) {
      if (!(error instanceof TooManyRequests)) throw error
      this.refusal = error
      throw tooManyAttempts(error)
    }
    if (this.accepted === undefined) {
      this.addError('code', gettext('This code is not right, or was used already.'))
    }
  }
}
