import { type CANCEL_SYMBOL, isCancel, select, text } from '@clack/prompts'
import { CommandError } from '@nuages/core'
import type { ColumnQuestion, Questioner, RenameQuestion } from '@nuages/orm/migrations'
import { toValue } from './given-answers.ts'

/** Asks the person at the terminal what the models do not say; what was given on the command line is not asked. */
export function askInTerminal(given: Questioner): Questioner {
  return {
    ...(given.answers ? { answers: given.answers } : {}),
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
    askRename: askRename,
  }
}

const goneFor = '\0'

/** One question for all that it may have become. */
async function askRename({ of, from, kind, candidates }: RenameQuestion): Promise<string | null> {
  const answer = answered(
    await select({
      message: `The ${kind} ${of}.${from} is no longer there. What became of it?`,
      options: [
        ...candidates.map((name) => ({ value: name, label: `It was renamed to ${name}` })),
        {
          value: goneFor,
          label:
            candidates.length === 1
              ? `It was removed, and ${candidates[0]} is new`
              : 'It was removed, and these are new',
        },
      ],
    }),
  )
  return answer === goneFor ? null : answer
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
