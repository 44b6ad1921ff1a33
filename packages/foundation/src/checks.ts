/** How bad a finding is; `error` and `critical` stop the commands that check first. */
export type CheckLevel = 'debug' | 'info' | 'warning' | 'error' | 'critical'

/** One finding of a system check. Ids follow Django's where the finding is Django's (`fields.E304`). */
export interface CheckMessage {
  readonly level: CheckLevel
  /** Such as `'fields.E304'`: area, then the level's initial and a number. */
  readonly id: string
  readonly message: string
  readonly hint?: string
  /** What the finding is about, as a person would name it: `'blog.Post.author'`. */
  readonly object?: string
}

/** Looks at one thing and returns what it finds. */
export type Check = () => readonly CheckMessage[] | Promise<readonly CheckMessage[]>

/** The checks of one application, run by `manage check` and before the commands that need a sound project. */
export class CheckRegistry {
  readonly #checks: { check: Check; tags: readonly string[] }[] = []

  register(check: Check, ...tags: string[]): void {
    this.#checks.push({ check, tags })
  }

  /** Every finding, in the order the checks were registered; with `tags`, only of checks that carry one of them. */
  async run(options: { tags?: readonly string[] } = {}): Promise<CheckMessage[]> {
    const wanted = options.tags
    const chosen = this.#checks.filter(({ tags }) => !wanted || tags.some((tag) => wanted.includes(tag)))
    return (await Promise.all(chosen.map(({ check }) => check()))).flat()
  }
}
