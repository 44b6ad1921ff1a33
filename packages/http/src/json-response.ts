import { ResponseError } from './errors.ts'
import { HttpResponse, type ResponseOptions } from './http-response.ts'

export interface JsonResponseOptions extends ResponseOptions {
  /** As `JSON.stringify` takes them. */
  readonly replacer?: (key: string, value: unknown) => unknown
  readonly space?: number | string
}

/**
 * `data` as JSON. Dates, instants and decimals say themselves how they are written (`toJSON`). Throws `ResponseError` for what
 * JSON has no words for. An array may be sent, unlike Django's default: the attack that forbade it needs a browser from before 2011.
 */
export class JsonResponse extends HttpResponse {
  constructor(data: unknown, options: JsonResponseOptions = {}) {
    super(serialize(data, options), options)
  }

  protected override defaultContentType(): string {
    return 'application/json'
  }
}

function serialize(data: unknown, { replacer, space }: JsonResponseOptions): string {
  let text: string | undefined
  try {
    text = JSON.stringify(data, replacer, space)
  } catch (cause) {
    throw new ResponseError(`JsonResponse cannot write its data as JSON: ${(cause as Error).message}`, { cause })
  }
  if (text === undefined) throw new ResponseError(`JsonResponse got ${typeof data}, which JSON has no word for.`)
  return text
}
