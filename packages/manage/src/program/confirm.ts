import { CommandError } from '@nuages/core'

/**
 * Asks whoever is at the terminal whether to go on.
 * @param question what is asked; `unasked` says why a command without a terminal stops, `refused` what a no leaves as it was
 * @throws CommandError where nobody is there to be asked, and where the answer is no
 */
export async function confirm(question: {
  readonly message: string
  readonly unasked: string
  readonly refused: string
  /** The answer that stands there; yes unless told. */
  readonly initialValue?: boolean
}): Promise<void> {
  const { message, unasked, refused, initialValue = true } = question
  if (!process.stdin.isTTY) throw new CommandError(`${unasked} Pass --no-input where that is meant.`)
  const { confirm: ask, isCancel } = await import('@clack/prompts')
  const answer = await ask({ message, initialValue })
  if (isCancel(answer) || !answer) throw new CommandError(`Stopped; ${refused}`, { exitCode: 130 })
}
