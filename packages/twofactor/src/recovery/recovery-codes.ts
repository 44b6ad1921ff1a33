import type { CurrentUser } from '@nuages/auth'
import { randomString, type Settings, saltedHmac, settings } from '@nuages/core'
import { atomic } from '@nuages/orm'
import { RecoveryCode } from './recovery-code.ts'

/** Without letters that look like others: 59 bits in twelve of them. */
const letters = '23456789abcdefghjkmnpqrstuvwxyz'
const length = 12
const count = 10

/**
 * Gives a user ten new recovery codes, in place of those they had. They are returned here and never again: what is stored is
 * a hash of each.
 */
export async function makeRecoveryCodes(user: CurrentUser): Promise<readonly string[]> {
  const codes = new Set<string>()
  while (codes.size < count) codes.add(randomString(length, letters))
  await atomic(async () => {
    await RecoveryCode.objects.filter({ user }).delete()
    await RecoveryCode.objects.bulkCreate([...codes].map((code) => new RecoveryCode({ user, codeHash: hashOf(code) })))
  })
  return [...codes].map((code) => code.replace(/(.{4})(?=.)/g, '$1-'))
}

/** How many of a user's codes are left. */
export function countRecoveryCodes(user: CurrentUser): Promise<number> {
  return RecoveryCode.objects.filter({ user, used: null }).count()
}

/** Uses a code up; `false` where the user has none such left. Of two who use it at once, one does. */
export async function useRecoveryCode(user: CurrentUser, code: string): Promise<boolean> {
  const { secretKey, secretKeyFallbacks } = settings as Settings
  const hashes = [secretKey, ...secretKeyFallbacks].map((secret) => hashOf(code, secret))
  const used = Temporal.Now.instant().round('microsecond')
  const fitting = RecoveryCode.objects.filter({ user, codeHash__in: hashes, used: null })
  return (await fitting.update({ used })) === 1
}

/** Whether a text could be one, however it was typed. */
export function isRecoveryCode(code: string): boolean {
  return code.length === length && [...code].every((letter) => letters.includes(letter))
}

/** Keyed, so that who reads the database alone cannot try out what gives it. */
function hashOf(code: string, secret: string = (settings as Settings).secretKey): string {
  return saltedHmac('nuages.twofactor.recovery', code, { secret }).toString('hex')
}
