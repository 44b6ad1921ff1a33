import { type CANCEL_SYMBOL, confirm, isCancel, password, text } from '@clack/prompts'
import { CommandError } from '@nuages/core'
import { ValidationError } from '@nuages/orm'
import { validatePassword } from '../password-validation/validate-password.ts'

/** Asks for a line of text until `check` has nothing against it. */
export async function askText(
  message: string,
  check: (answer: string) => string | undefined | Promise<string | undefined>,
): Promise<string> {
  let asked = message
  for (;;) {
    const answer = answered(await text({ message: asked })) ?? ''
    const problem = await check(answer)
    if (problem === undefined) return answer
    asked = `${problem} ${message}`
  }
}

/** Asks twice for a new password. One that the project's rules refuse is taken where whoever is asked insists. */
export async function askNewPassword(user: object): Promise<string> {
  for (;;) {
    const first = answered(await password({ message: 'Password' }))
    const second = answered(await password({ message: 'Password, again' }))
    if (first !== second || first === '' || first === undefined) {
      process.stderr.write(first === second ? 'A password is not empty.\n' : 'The two are not the same.\n')
      continue
    }
    const problem = await problemOf(first, user)
    if (problem === undefined) return first
    if (answered(await confirm({ message: `${problem} Take it all the same?`, initialValue: false }))) return first
  }
}

async function problemOf(given: string, user: object): Promise<string | undefined> {
  try {
    await validatePassword(given, user)
    return undefined
  } catch (error) {
    if (error instanceof ValidationError) return error.messages.join(' ')
    throw error
  }
}

function answered<T>(value: T | typeof CANCEL_SYMBOL): T {
  if (isCancel(value)) throw new CommandError('Stopped; nothing was written.', { exitCode: 130 })
  return value as T
}
