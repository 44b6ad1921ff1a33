import { CheckboxSelectMultiple, ModelForm, type ModelFormInit, multipleChoice } from '@nuages/forms'
import { AccessToken } from '../access-token.ts'
import { scopeLabel, scopesOf } from './access-token-columns.ts'

const scopesField = multipleChoice({
  choices: [] as readonly (readonly [string, string])[],
  required: false,
  label: 'Scopes',
  helpText: 'Untick what it is not to be used for any longer. What was taken away is not given back.',
  widget: new CheckboxSelectMultiple(),
})

/**
 * Renames a token, or lets it do less: it may lose scopes and expire sooner. Nobody widens what the user themselves asked for
 * and somebody may have in their hands.
 */
export class AccessTokenForm extends ModelForm(AccessToken, {
  fields: ['name', 'scopes', 'expires'],
  formFields: { scopes: scopesField },
  helpTexts: { expires: 'It may be brought forward, and not put off.' },
}) {
  readonly #expires: Temporal.Instant | null

  constructor(options: ModelFormInit<AccessToken, 'name' | 'scopes' | 'expires'> = {}) {
    super(options)
    const { scopes, expires } = this.instance
    this.#expires = expires
    // Whoever may only look has a form without fields.
    const { scopes: field } = this.fields as { scopes?: { choices?: unknown } }
    if (field !== undefined) field.choices = scopesOf(scopes).map((scope) => [scope, scopeLabel(scope)])
  }

  /** Not `cleanExpires`: a form of a token that has ended does not have the field. */
  override async clean(): Promise<void> {
    if (!('expires' in this.fields) || this.hasError('expires') || !(await this.changedData).includes('expires')) return
    const { expires } = this.cleanedData
    const { compare } = Temporal.Instant
    if (this.#expires !== null && (expires === null || compare(expires, this.#expires) > 0)) {
      this.addError('expires', 'A token is not made to last longer. Its user can have another.')
    } else if (expires !== null && compare(expires, Temporal.Now.instant()) <= 0) {
      this.addError('expires', 'This is over. To end the token now, revoke it.')
    }
  }
}
