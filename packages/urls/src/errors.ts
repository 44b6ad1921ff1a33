import { NuagesError } from '@nuages/foundation'
import { Http404 } from '@nuages/http'

/** No pattern matches a path: a 404 that can say what was tried. Django's `Resolver404`. */
export class Resolver404 extends Http404 {
  /** The path that was looked for. */
  readonly path: string
  readonly #tried: () => readonly TriedPattern[]

  constructor(path: string, tried: () => readonly TriedPattern[]) {
    super(`No URL pattern matches '${path}'.`)
    this.path = path
    this.#tried = tried
  }

  /** The patterns in the order they were tried, for the debug page. Worked out when it is read. */
  get tried(): readonly TriedPattern[] {
    return this.#tried()
  }
}

/** A pattern that did not match: the routes from the root to where the path left them. */
export interface TriedPattern {
  readonly routes: readonly string[]
  /** The name that `reverse` takes, where it has one. */
  readonly name: string | undefined
}

/** No URL can be made from a name and arguments. Django's `NoReverseMatch`. */
export class NoReverseMatch extends NuagesError {
  constructor(message: string) {
    super('no-reverse-match', message)
  }
}
