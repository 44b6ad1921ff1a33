import { QuestionNotAnswered } from './errors.ts'

export interface ColumnQuestion {
  /** `'blog.Post'` */
  readonly model: string
  readonly field: string
  /** The factory of the field: `'char'`. */
  readonly type: string
}

export interface RenameQuestion {
  readonly kind: 'model' | 'field'
  /** The app for a model, the model's label for a field. */
  readonly of: string
  readonly from: string
  readonly to: string
}

/** Decides what two states do not tell. The command line asks a person; a script gets errors that say what to pass. */
export interface Questioner {
  /** The value that existing rows get in a new column that may not be NULL and has no default. */
  askNewColumn(question: ColumnQuestion): unknown
  /** The value in place of NULL, in a column that no longer may be NULL; `undefined` leaves it to the database to refuse. */
  askNotNull(question: ColumnQuestion): unknown
  /** Whether something that went and something like it that came are one, renamed. */
  askRename(question: RenameQuestion): boolean | Promise<boolean>
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
  const columnValue = ({ model, field }: ColumnQuestion, problem: string) => {
    const key = `${model}.${field}`
    const defaults = answers.defaults ?? {}
    if (Object.hasOwn(defaults, key)) return defaults[key]
    throw new QuestionNotAnswered(
      `${problem} What should existing rows get? Pass a one-off value for '${key}' (--default ${key}=…), give the field a default, or let it be null.`,
    )
  }
  return {
    askNewColumn: (question) =>
      columnValue(question, `${question.model}.${question.field} is new, may not be null and has no default.`),
    askNotNull: (question) => columnValue(question, `${question.model}.${question.field} may no longer be null.`),
    askRename({ kind, of, from, to }) {
      const key = `${of}.${from}`
      const renames = answers.renames ?? {}
      if (Object.hasOwn(renames, key)) return renames[key] === to
      throw new QuestionNotAnswered(
        `Was the ${kind} ${key} renamed to '${to}'? Pass the rename (--rename ${key}=${to}), or that it was removed and the ` +
          `other is new (--rename ${key}=).`,
      )
    },
  }
}
