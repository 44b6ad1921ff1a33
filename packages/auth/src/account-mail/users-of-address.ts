import { ImproperlyConfigured } from '@nuages/foundation'
import { addressOf } from '../account-tokens/password-reset-token-generator.ts'
import { type CurrentUser, getUserModel } from '../users/get-user-model.ts'

/**
 * The users whose address this is, whatever its case. What a database takes for the same text is compared once more: to some
 * `ı` is an `I`, and a mail to the address that was typed would go to somebody else (CVE-2019-19844).
 */
export async function usersOfAddress(address: string): Promise<readonly CurrentUser[]> {
  const users = await getUserModel().objects.filter({ [`${addressField()}__iexact`]: address } as never)
  return users.filter((user) => isSameAddress(addressOf(user), address))
}

/** The field that has the addresses of the project's users. Throws `ImproperlyConfigured` where there is none. */
export function addressField(): string {
  const { meta, emailField } = getUserModel()
  if (meta.field(emailField) !== undefined) return emailField
  throw new ImproperlyConfigured(`${meta.label} has no field '${emailField}' that a mail could be sent to.`, {
    hint: 'Let static emailField of the class name the field that has the address.',
  })
}

/** Whether two addresses are the same but for their case. Django's `_unicode_ci_compare`. */
export function isSameAddress(one: string, other: string): boolean {
  return folded(one) === folded(other)
}

function folded(text: string): string {
  // A sigma at the end of a word has a small letter of its own.
  return text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ')
}
