import { MigrationError, QuestionNotAnswered } from './errors.ts'

export interface ColumnQuestion {
  /** `'blog.Post'` */
  readonly model: string
  readonly field: string
  /** The factory of the field: `'char'`. */
  readonly type: string
  /** Why the column does not take a value, in a sentence; `undefined` where it does. */
  refuses(value: unknown): string | undefined
}

export interface RenameQuestion {
  readonly kind: 'model' | 'field'
  /** The app for a model, the model's label for a field. */
  readonly of: string
  /** What went. */
  readonly from: string
  /** What came and is like it, the likeliest first. A model of another app stands with its label: `'shop.Post'`. */
  readonly candidates: readonly string[]
}

/** What one of several ends of an app leads through since there was one. */
export interface MergedBranch {
  readonly migrations: readonly string[]
  readonly operations: readonly string[]
}

export interface MergeQuestion {
  readonly app: string
  readonly branches: readonly MergedBranch[]
  /** Why it may matter which of them runs first, a sentence each. */
  readonly conflicts: readonly string[]
}

/** Decides what two states do not tell. The command line asks a person; a script gets errors that say what to pass. */
export interface Questioner {
  /** What was said beforehand. Renames among it are made without a question, and each of them must be of use. */
  readonly answers?: Answers
  /** The value that existing rows get in a new column that may not be NULL and has no default. */
  askNewColumn(question: ColumnQuestion): unknown
  /** The value in place of NULL, in a column that no longer may be NULL; `undefined` leaves it to the database to refuse. */
  askNotNull(question: ColumnQuestion): unknown
  /** Which of the candidates is the one that went, renamed; `null` where it is gone and all of them are new. */
  askRename(question: RenameQuestion): string | null | Promise<string | null>
  /** Whether branches that may have to do with each other are to be merged all the same; without it they are not. */
  askMerge?(question: MergeQuestion): boolean | Promise<boolean>
}

/** What was said beforehand, for runs that nobody watches. */
export interface Answers {
  /** By `'blog.Post.title'`: the one-off values of columns. */
  readonly defaults?: Readonly<Record<string, unknown>>
  /** By `'blog.Post.title'` or `'blog.Post'`: the new name; `null` says that it is gone, and what came is another. */
  readonly renames?: Readonly<Record<string, string | null>>
}

/** A questioner that answers from `answers`, and throws `QuestionNotAnswered` for all else. It never guesses. */
export function answering(answers: Answers = {}): Questioner {
  const columnValue = ({ model, field, refuses }: ColumnQuestion, problem: string) => {
    const key = `${model}.${field}`
    const defaults = answers.defaults ?? {}
    if (Object.hasOwn(defaults, key)) {
      const why = refuses(defaults[key])
      if (why === undefined) return defaults[key]
      throw new MigrationError(`The default for '${key}' is none: ${why}`)
    }
    throw new QuestionNotAnswered(
      `${problem} What should existing rows get? Pass a one-off value for '${key}' (--default ${key}=…), give the field a default, or let it be null.`,
    )
  }
  return {
    answers,
    askNewColumn: (question) =>
      columnValue(question, `${question.model}.${question.field} is new, may not be null and has no default.`),
    askNotNull: (question) => columnValue(question, `${question.model}.${question.field} may no longer be null.`),
    askRename(question) {
      throw new QuestionNotAnswered(renameMessage(question))
    },
    askMerge({ app, branches, conflicts }) {
      const ends = branches.map(({ migrations }) => migrations.at(-1)).join(' and ')
      throw new QuestionNotAnswered(
        `${ends} of '${app}' cannot be merged unseen, since their order may matter. ${conflicts.join(' ')} ` +
          'Run makemigrations --merge where somebody can answer, or give one of them the other as a dependency.',
      )
    },
  }
}

function renameMessage({ kind, of, from, candidates }: RenameQuestion): string {
  const key = `${of}.${from}`
  const removed = `that it was removed and the ${candidates.length === 1 ? 'other is' : 'others are'} new (--rename ${key}=)`
  const options = candidates.map((to) => `--rename ${key}=${to}`).join(', or ')
  const what = candidates.length === 1 ? `renamed to '${candidates[0]}'` : `renamed to one of ${candidates.join(', ')}`
  return `Was the ${kind} ${key} ${what}? Pass the rename (${options}), or ${removed}.`
}
