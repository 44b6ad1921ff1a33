import { type Pending, type PendingState, pending } from 'nuages'
import type { HttpRequest } from 'nuages/http'
import { Author } from './models.ts'

const found = new WeakMap<HttpRequest, Promise<Author | null>>()

/** Whom the user of a request writes as; `null` where nobody is logged in, or who is no author. Asked once a request. */
export function writerOf(request: HttpRequest): Promise<Author | null> {
  const writer = found.get(request) ?? findWriter(request)
  found.set(request, writer)
  return writer
}

async function findWriter(request: HttpRequest): Promise<Author | null> {
  const user = await request.user
  return user.isAuthenticated ? Author.objects.filter({ user__id: user.id }).first() : null
}

/** The same for templates, which read it without waiting: nothing is asked of the database before one does. */
export class Writer implements Pending {
  readonly #request: HttpRequest
  #found: Author | null | undefined

  constructor(request: HttpRequest) {
    this.#request = request
  }

  [pending](): PendingState {
    return this.#found === undefined ? { ready: false, load: () => this.#load() } : { ready: true, value: this.#found }
  }

  async #load(): Promise<void> {
    this.#found = await writerOf(this.#request)
  }
}
