import { type CurrentUser, userLoginFailed } from '@nuages/auth'
import { BadSeal, fromSettings, logger, type Opened } from '@nuages/core'
import { type HttpRequest, TooManyRequests } from '@nuages/http'
import { atomic, IntegrityError } from '@nuages/orm'
import { RateLimiter } from '@nuages/ratelimit'
import { RecoveryCode } from '../recovery/recovery-code.ts'
import { isRecoveryCode, makeRecoveryCodes, useRecoveryCode } from '../recovery/recovery-codes.ts'
import { twofactorPolicy } from '../twofactor-settings.ts'
import { secretSealer } from './secret-sealer.ts'
import { stepOfCode } from './totp.ts'
import { TotpDevice } from './totp-device.ts'

const guesses = fromSettings(() => new RateLimiter({ scope: 'twofactor', rate: twofactorPolicy().throttle }))

/** Whether a user has to give a code to log in. */
export function hasSecondFactor(user: CurrentUser): Promise<boolean> {
  return TotpDevice.objects.filter({ user }).exists()
}

/** What a code turned out to be. */
export type AcceptedCode = 'app' | 'recovery'

/**
 * Whether a code is one that a user's app shows now, or one of their recovery codes: each works once. `undefined` where it is
 * none. Throws `TooManyRequests` where codes of this user were guessed too often, before anything is looked at.
 */
export async function checkSecondFactor(
  request: HttpRequest,
  user: CurrentUser,
  given: string,
): Promise<AcceptedCode | undefined> {
  const key = String(user.pk)
  const { allowed, retryAfter } = await guesses().hit(key)
  const client = request.clientAddress
  if (!allowed) {
    logger.warn({ user: user.pk, client, retryAfter }, 'Codes of a second factor were guessed too often.')
    throw new TooManyRequests('Too many codes were tried.', { retryAfter })
  }
  const code = given.replace(/[\s-]/g, '').toLowerCase()
  const kind = isRecoveryCode(code) ? 'recovery' : 'app'
  if (await (kind === 'recovery' ? useRecoveryCode(user, code) : useAppCode(user, code))) {
    await guesses().reset(key)
    if (kind === 'recovery') logger.info({ user: user.pk, client }, 'A recovery code was used.')
    return kind
  }
  await userLoginFailed.send({ request, credentials: { username: user.getUsername(), code: '********************' } })
  return undefined
}

/** Takes a code of the app: of two who give it at once, one has it, and whoever saw it being typed comes too late. */
async function useAppCode(user: CurrentUser, code: string): Promise<boolean> {
  const device = await TotpDevice.objects.filter({ user }).first()
  if (device === null) return false
  const opened = openDevice(device, user)
  if (opened === undefined) return false
  const { bytes: secret, isOutdated } = opened
  const step = stepOfCode(secret, code, Temporal.Now.instant().epochMilliseconds)
  if (step === undefined) return false
  const renewed = isOutdated ? { secret: secretSealer.seal(secret, String(user.pk)) } : {}
  const taken = await TotpDevice.objects
    .filter({ id: device.id, secret: device.secret, lastStep__lt: step })
    .update({ lastStep: step, ...renewed })
  return taken === 1
}

/** A secret that cannot be read is nobody's code: the recovery codes remain, and the log says what is to be done. */
function openDevice(device: TotpDevice, user: CurrentUser): Opened | undefined {
  try {
    return secretSealer.open(device.secret, String(user.pk))
  } catch (error) {
    if (!(error instanceof BadSeal)) throw error
    const hint = `${error.hint} Or let the user begin anew: manage disabletwofactor.`
    logger.error({ user: user.pk, code: error.code, hint }, error.message)
    return undefined
  }
}

/**
 * Turns the second factor of a user on, once they have shown by a code that their app has the secret; gives their recovery
 * codes. `undefined` where the code is not of the secret, or it is on already.
 */
export async function turnOn(
  user: CurrentUser,
  secret: Uint8Array,
  code: string,
): Promise<readonly string[] | undefined> {
  const step = stepOfCode(secret, code.replace(/\s/g, ''), Temporal.Now.instant().epochMilliseconds)
  if (step === undefined) return undefined
  try {
    return await atomic(async () => {
      await TotpDevice.objects.create({ user, secret: secretSealer.seal(secret, String(user.pk)), lastStep: step })
      return makeRecoveryCodes(user)
    })
  } catch (error) {
    if (error instanceof IntegrityError) return undefined
    throw error
  }
}

/** Turns it off, with all recovery codes; whether it was on. */
export async function turnOff(user: CurrentUser): Promise<boolean> {
  return atomic(async () => {
    const [deleted] = await TotpDevice.objects.filter({ user }).delete()
    await RecoveryCode.objects.filter({ user }).delete()
    return deleted > 0
  })
}
