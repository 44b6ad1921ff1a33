import type { Writable } from 'node:stream'
import { type CANCEL_SYMBOL, confirm, isCancel, note, select, text } from '@clack/prompts'
import { CommandError } from '@nuages/core'
import type { ColumnQuestion, MergeQuestion, Questioner, RenameQuestion } from '@nuages/orm/migrations'
import { toValue } from './given-answers.ts'

/**
 * Asks the person at the terminal what the models do not say; what was given on the command line is not asked. The questions
 * stand on `output`.
 */
export function askInTerminal(given: Questioner, output: Writable = process.stdout): Questioner {
  return {
    ...(given.answers ? { answers: given.answers } : {}),
    askNewColumn: (question) =>
      orAsk(
        () => given.askNewColumn(question),
        () => askValue(question, 'is new, may not be null and has no default', output),
      ),
    askNotNull: (question) =>
      orAsk(
        () => given.askNotNull(question),
        () => askNotNull(question, output),
      ),
    askRename: (question) => askRename(question, output),
    askMerge: (question) => askMerge(question, output),
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

/** No name of a model or a field. */
const removed = '='

/** One question for all that it may have become. */
async function askRename({ of, from, kind, candidates }: RenameQuestion, output: Writable): Promise<string | null> {
  const others = candidates.length === 1 ? `${candidates[0]} is` : 'these are'
  const answer = answered(
    await select({
      message: `The ${kind} ${of}.${from} is no longer there. What became of it?`,
      options: [
        ...candidates.map((name) => ({
          value: name,
          label: name.includes('.') ? `It moved to ${name}` : `It was renamed to ${name}`,
        })),
        { value: removed, label: `It was removed, and ${others} new`, hint: 'what it holds will be deleted' },
      ],
      output,
    }),
  )
  return answer === removed ? null : answer
}

async function askMerge({ app, branches, conflicts }: MergeQuestion, output: Writable): Promise<boolean> {
  for (const { migrations, operations } of branches) {
    note(operations.map((operation) => `- ${operation}`).join('\n') || 'nothing', migrations.join(', '), { output })
  }
  const message = `${conflicts.join(' ')} Come the migrations of ${app} to the same in any order?`
  return answered(await confirm({ message, initialValue: false, output }))
}

/** Whoever has seen to the rows in another migration need not give a value. */
async function askNotNull(question: ColumnQuestion, output: Writable): Promise<unknown> {
  const { model, field } = question
  const way = answered(
    await select({
      message: `${model}.${field} may no longer be null. What about rows in which it is?`,
      options: [
        { value: 'fill', label: 'They get a value' },
        { value: 'none', label: 'There are none', hint: 'the migration fails where there are' },
      ],
      output,
    }),
  )
  return way === 'none' ? undefined : askValue(question, 'may no longer be null', output)
}

async function askValue({ model, field, type, refuses }: ColumnQuestion, problem: string, output: Writable) {
  const message = `${model}.${field} (${type}) ${problem}. What should existing rows get?`
  const validate = (given = '') => refuses(toValue(given))
  return toValue(answered(await text({ message, placeholder: 'JSON, or text', validate, output })) ?? '')
}

function answered<T extends string | boolean>(value: T | typeof CANCEL_SYMBOL): T {
  if (isCancel(value)) throw new CommandError('Stopped; nothing was written.', { exitCode: 130 })
  return value
}
