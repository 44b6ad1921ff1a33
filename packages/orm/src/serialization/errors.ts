import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** A row or a value that cannot be written down. Django's `SerializationError`. */
export class SerializationError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('serialization-error', message, options)
  }
}

/** Where an object stands in what is read. */
export interface Place {
  /** The file, or what else the text is called; `undefined` where it has no name. */
  readonly source: string | undefined
  /** The object's number, the first being 1. */
  readonly number: number
  /** The line on which it begins, the first being 1. */
  readonly line: number
}

export interface DeserializationErrorOptions extends NuagesErrorOptions {
  readonly place?: Place | undefined
  /** The model, as the text names it. */
  readonly model?: string | undefined
  readonly pk?: unknown
  readonly field?: string | undefined
}

/** Text that cannot be read as rows, or a row that the database does not take. Django's `DeserializationError`. */
export class DeserializationError extends NuagesError {
  readonly place: Place | undefined
  readonly model: string | undefined
  readonly pk: unknown
  readonly field: string | undefined

  constructor(message: string, options: DeserializationErrorOptions = {}) {
    super('deserialization-error', message, options)
    this.place = options.place
    this.model = options.model
    this.pk = options.pk
    this.field = options.field
  }
}

/** `posts.json, line 7, object 2` */
export function placeText({ source, line, number }: Place): string {
  return `${source === undefined ? '' : `${source}, `}line ${line}, object ${number}`
}
