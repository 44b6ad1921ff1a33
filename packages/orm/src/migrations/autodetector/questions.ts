import { didYouMean } from '@nuages/foundation'
import { MigrationError } from '../errors.ts'
import type { ColumnQuestion, Questioner, RenameQuestion } from '../questioner.ts'

/** Asks a questioner, and keeps account of the answers that were given beforehand: one that is of no use is a mistake. */
export class Questions {
  readonly #questioner: Questioner
  readonly #asked = new Set<string>()

  constructor(questioner: Questioner) {
    this.#questioner = questioner
  }

  newColumn(question: ColumnQuestion): unknown {
    this.#asked.add(keyOf(question))
    return this.#questioner.askNewColumn(question)
  }

  notNull(question: ColumnQuestion): unknown {
    this.#asked.add(keyOf(question))
    return this.#questioner.askNotNull(question)
  }

  /** Throws `MigrationError` for an answer that is none of the candidates. */
  async renamed(question: RenameQuestion): Promise<string | null> {
    const answer = await this.#questioner.askRename(question)
    if (answer === null || question.candidates.includes(answer)) return answer
    throw new MigrationError(
      `${question.of}.${question.from} cannot have become '${answer}'.${didYouMean(answer, question.candidates)} What came and is like it: ${question.candidates.join(', ')}.`,
    )
  }

  /** The renames that were said beforehand, of models (`'blog.Post'`) or of fields (`'blog.Post.title'`). */
  given(kind: RenameQuestion['kind']): { readonly key: string; readonly from: string[]; readonly to: string | null }[] {
    const depth = kind === 'model' ? 2 : 3
    return Object.entries(this.#questioner.answers?.renames ?? {})
      .map(([key, to]) => ({ key, from: key.split('.'), to }))
      .filter(({ from }) => from.length === depth)
  }

  /** Throws `MigrationError` where an answer was given to what was not asked. */
  assertAllUsed(): void {
    const { defaults = {}, renames = {} } = this.#questioner.answers ?? {}
    const odd = Object.keys(renames).find((key) => ![2, 3].includes(key.split('.').length))
    if (odd !== undefined) {
      throw new MigrationError(
        `'${odd}' is neither a model nor a field to rename: 'blog.Post' and 'blog.Post.title' are.`,
      )
    }
    const unused = Object.keys(defaults).find((key) => !this.#asked.has(key))
    if (unused === undefined) return
    const asked = this.#asked.size === 0 ? 'none' : [...this.#asked].join(', ')
    throw new MigrationError(
      `The default for '${unused}' is of no use: no new column needs a value by that name.${didYouMean(unused, this.#asked)} Columns that need one: ${asked}.`,
    )
  }
}

function keyOf({ model, field }: ColumnQuestion): string {
  return `${model}.${field}`
}
