import { type Pending, type PendingState, pending } from '@nuages/foundation'

/** A tiny store of rows that are loaded on demand, and counts its queries: the `pending` protocol in a few lines. */
export class Store {
  queries: string[] = []

  async fetch<T>(what: string, result: T): Promise<T> {
    this.queries.push(what)
    await Promise.resolve()
    return result
  }
}

/** A relation to one row. References of one result are peers: loading one loads all of them in one query. */
export class Ref<Row> implements Pending {
  readonly pk: number
  readonly #peers: Ref<Row>[]
  readonly #store: Store
  readonly #name: string
  readonly #make: (pk: number) => Row | null
  #loaded: { row: Row | null } | undefined
  static #loading = new WeakMap<object, Promise<void>>()

  constructor(store: Store, name: string, pk: number, peers: Ref<Row>[], make: (pk: number) => Row | null) {
    this.pk = pk
    this.#peers = peers
    this.#store = store
    this.#name = name
    this.#make = make
    peers.push(this)
  }

  [pending](): PendingState {
    if (this.#loaded) return { ready: true, value: this.#loaded.row }
    return { ready: false, load: () => this.#load() }
  }

  #load(): Promise<void> {
    const running = Ref.#loading.get(this.#peers)
    if (running) return running
    const load = async (): Promise<void> => {
      const pks = [...new Set(this.#peers.map(({ pk }) => pk))]
      const rows = await this.#store.fetch(
        `${this.#name} ${pks.join(',')}`,
        pks.map((pk) => this.#make(pk)),
      )
      for (const peer of this.#peers) peer.#loaded = { row: rows[pks.indexOf(peer.pk)] ?? null }
    }
    const promise = load()
    Ref.#loading.set(this.#peers, promise)
    return promise
  }
}

/** A lazy list of rows, immutable: `filter` gives another one. */
export class Rows<Row extends object> implements Pending, AsyncIterable<Row> {
  readonly #store: Store
  readonly #name: string
  readonly #rows: () => Row[]
  #loaded: Row[] | undefined

  constructor(store: Store, name: string, rows: () => Row[]) {
    this.#store = store
    this.#name = name
    this.#rows = rows
  }

  [pending](): PendingState {
    if (this.#loaded) return { ready: true, value: this.#loaded }
    return {
      ready: false,
      load: async () => {
        this.#loaded = await this.#store.fetch(this.#name, this.#rows())
      },
    }
  }

  filter(wanted: Partial<Row>): Rows<Row> {
    const matches = (row: Row): boolean =>
      Object.entries(wanted).every(([key, value]) => row[key as keyof Row] === value)
    return new Rows(this.#store, `${this.#name} ${JSON.stringify(wanted)}`, () => this.#rows().filter(matches))
  }

  async count(): Promise<number> {
    return this.#store.fetch(`count ${this.#name}`, this.#rows().length)
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Row> {
    yield* this.#rows()
  }
}

export class Author {
  readonly id: number
  readonly name: string
  readonly mentor: Ref<Author> | null

  constructor(id: number, mentor: Ref<Author> | null = null) {
    this.id = id
    this.name = `Author ${id}`
    this.mentor = mentor
  }

  get initials(): string {
    return `A${this.id}`
  }

  greet(greeting: string): string {
    return `${greeting}, ${this.name}`
  }
}

export class Post {
  readonly id: number
  readonly title: string
  readonly author: Ref<Author>
  readonly #store: Store

  constructor(store: Store, id: number, author: Ref<Author>) {
    this.#store = store
    this.id = id
    this.title = `Post ${id}`
    this.author = author
  }

  /** Another object at each read, as a related manager is. */
  get tags(): Rows<{ name: string; isPublic: boolean }> {
    return new Rows(this.#store, `tags of ${this.id}`, () => [
      { name: `t${this.id}`, isPublic: true },
      { name: 'secret', isPublic: false },
    ])
  }
}

/** `count` posts by two authors in turn, each with one mentor. */
export function posts(store: Store, count: number): Rows<Post> {
  return new Rows(store, 'posts', () => {
    const authors: Ref<Author>[] = []
    const mentors: Ref<Author>[] = []
    const makeAuthor = (pk: number): Author => {
      return new Author(pk, new Ref(store, 'mentors', pk + 100, mentors, (mentor) => new Author(mentor)))
    }
    return Array.from({ length: count }, (_, index) => {
      return new Post(store, index + 1, new Ref(store, 'authors', (index % 2) + 1, authors, makeAuthor))
    })
  })
}
