import { type CANCEL_SYMBOL, confirm, isCancel, text } from '@clack/prompts'
import { CommandError } from '@nuages/core'
import type { ColumnQuestion, Questioner } from '@nuages/orm/migrations'
import { toValue } from './given-answers.ts'

/** Asks the person at the terminal what the models do not say; what was given on the command line is not asked. */
export function askInTerminal(given: Questioner): Questioner {
  return {
    askNewColumn: (question) =>
      orAsk(
        () => given.askNewColumn(question),
        () => askValue(question, 'is new, may not be null and has no default'),
      ),
    askNotNull: (question) =>
      orAsk(
        () => given.askNotNull(question),
        () => askValue(question, 'may no longer be null'),
      ),
    askRename: (question) =>
      orAsk(
        () => given.askRename(question),
        async () =>
          answered(
            await confirm({
              message: `Was the ${question.kind} ${question.of}.${question.from} renamed to ${question.to}?`,
            }),
          ),
      ),
  }
}

async function orAsk<T>(given: () => T | Promise<T>, ask: () => Promise<T>): Promise<T> {
  try {
    return await given()
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'question-not-answered') throw error
    return ask()
  }
}

async function askValue({ model, field, type }: ColumnQuestion, problem: string): Promise<unknown> {
  const message = `${model}.${field} (${type}) ${problem}. What should existing rows get?`
  return toValue(answered(await text({ message, placeholder: 'JSON, or text' })))
}

function answered<T extends string | boolean>(value: T | typeof CANCEL_SYMBOL): T {
  if (isCancel(value)) throw new CommandError('Stopped; nothing was written.', { exitCode: 130 })
  return value
}
