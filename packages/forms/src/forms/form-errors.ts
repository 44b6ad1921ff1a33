import type { ValidationMessage } from '@nuages/orm'
import { type Renderable, type Rendering, renderable } from '@nuages/templates'
import { formTemplate } from '../rendering/form-template.ts'

/**
 * What is wrong with one field, or with the form as a whole: a list of messages, printed by a template as `ul.errorlist`.
 * Django's `ErrorList`.
 */
export class ErrorList extends Array<string> implements Renderable {
  declare readonly data: ValidationMessage[]
  declare readonly id: string | undefined
  declare readonly errorClass: string

  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }

  constructor(options: { readonly id?: string | undefined; readonly errorClass?: string } = {}) {
    super()
    const { id, errorClass = 'errorlist' } = options
    // Beside the list, not in it: a loop, a spread and a comparison see the messages alone.
    for (const [name, value] of Object.entries({ data: [], id, errorClass }))
      Object.defineProperty(this, name, { value })
  }

  add(message: ValidationMessage): void {
    this.push(message.message)
    this.data.push(message)
  }

  /** Whether one of the messages has that code. */
  hasCode(code: string): boolean {
    return this.data.some((message) => message.code === code)
  }

  override toString(): string {
    return this.join(' ')
  }

  [renderable](): Rendering {
    const { id = '', errorClass } = this
    return { template: formTemplate('errors/list.html'), context: { errors: [...this], id, errorClass } }
  }
}

/** What is wrong with a form, by the field's name; what is about the whole is under `'__all__'`. Django's `ErrorDict`. */
export class FormErrors extends Map<string, ErrorList> implements Renderable {
  /** Plain lists of codes and messages, for an answer in JSON. */
  toJSON(): Record<string, readonly ValidationMessage[]> {
    return Object.fromEntries([...this].map(([name, list]) => [name, list.data]))
  }

  [renderable](): Rendering {
    return { template: formTemplate('errors/dict.html'), context: { errors: [...this] } }
  }
}
