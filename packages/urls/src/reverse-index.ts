import type { RouteTemplate, Slot } from './route.ts'
import type { Kwargs } from './url-entry.ts'
import type { UrlLeaf } from './url-leaf.ts'

/** Arguments by name, or in the order of the route. */
export type ReverseArgs = Readonly<Record<string, unknown>> | readonly unknown[]

function isPositional(args: ReverseArgs): args is readonly unknown[] {
  return Array.isArray(args)
}

/** One way to write the URL of a leaf: a template for each of its levels. */
export class ReverseCandidate {
  readonly leaf: UrlLeaf
  readonly slots: readonly Slot[]
  readonly #templates: readonly RouteTemplate[]
  /** How many names the slots have; a lower level may use one of a higher level again. */
  readonly #names: number
  /** What is given beside the routes: such an argument may be passed, if it is the same. */
  readonly #defaults: Kwargs
  readonly #hasDefaults: boolean

  constructor(leaf: UrlLeaf, templates: readonly RouteTemplate[]) {
    this.leaf = leaf
    this.#templates = templates
    this.slots = templates.flat().filter((piece) => typeof piece === 'object')
    this.#names = new Set(this.slots.map(({ name }) => name)).size
    this.#defaults = Object.assign({}, ...leaf.levels.map(({ kwargs }) => kwargs))
    this.#hasDefaults = Object.keys(this.#defaults).length > 0
  }

  /** The path without its leading `/`, or `undefined` where the arguments are others or a route would not match them. */
  write(args: ReverseArgs): string | undefined {
    if (isPositional(args)) return args.length === this.slots.length ? this.#fill(args) : undefined
    const values: unknown[] = []
    for (const { name } of this.slots) {
      const value = name === undefined ? undefined : (args[name] ?? this.#defaults[name])
      if (value === undefined) return undefined
      values.push(value)
    }
    return this.#takes(args) ? this.#fill(values) : undefined
  }

  /** Whether there is no argument that is neither in the route nor beside it. Those of the route are known to be there. */
  #takes(args: Kwargs): boolean {
    let given = 0
    for (const name in args) {
      const value = args[name]
      if (value === undefined) continue
      given++
      if (!this.#hasDefaults) continue
      if (Object.hasOwn(this.#defaults, name) ? value !== this.#defaults[name] : !this.#hasSlot(name)) return false
    }
    return this.#hasDefaults || given === this.#names
  }

  #hasSlot(name: string): boolean {
    return this.slots.some((slot) => slot.name === name)
  }

  #fill(values: readonly unknown[]): string | undefined {
    let whole = ''
    let used = 0
    for (let level = 0; level < this.#templates.length; level++) {
      let text = ''
      for (const piece of this.#templates[level]!) {
        const next =
          typeof piece === 'string' ? piece : typeof piece === 'function' ? piece() : piece.format(values[used++])
        if (next === undefined) return undefined
        text += next
      }
      if (!this.leaf.levels[level]!.route.accepts(text)) return undefined
      whole += text
    }
    return whole
  }
}

/** The names of a URLconf, by namespace: made once, when the first URL is reversed. */
export class ReverseIndex {
  readonly #candidates = new Map<string, ReverseCandidate[]>()
  /** Instance namespaces by application name, each below its outer namespaces, in the order of the URLconf. */
  readonly #instances = new Map<string, string[]>()
  readonly #namespaces = new Set<string>([''])
  readonly #found = new Map<string, readonly ReverseCandidate[]>()

  constructor(leaves: readonly UrlLeaf[]) {
    for (const leaf of leaves) {
      this.#addNamespaces(leaf)
      if (leaf.pattern.name === undefined) continue
      const key = [...leaf.namespaces, leaf.pattern.name].join(':')
      const candidates = templatesOf(leaf).map((templates) => new ReverseCandidate(leaf, templates))
      // A later pattern of the same name is tried first, as in Django.
      this.#candidates.set(key, [...candidates, ...(this.#candidates.get(key) ?? [])])
    }
  }

  /** Every name that can be reversed, with its namespaces. */
  get names(): Iterable<string> {
    return this.#candidates.keys()
  }

  /** Whether there is an include with these namespaces, outermost first. */
  hasNamespace(namespaces: readonly string[]): boolean {
    return this.#namespaces.has(namespaces.join(':'))
  }

  /** The ways to write a name, those to try first in front. `currentApp` is what application names are looked up in. */
  candidates(name: string, currentApp: string): readonly ReverseCandidate[] {
    if (!name.includes(':')) return this.#candidates.get(name) ?? []
    const key = `${currentApp}\n${name}`
    let found = this.#found.get(key)
    if (found === undefined) {
      const namespaces = name.split(':')
      const last = namespaces.pop()!
      const instances = this.instanceNamespaces(namespaces, currentApp === '' ? [] : currentApp.split(':'))
      found = this.#candidates.get(`${instances.join(':')}:${last}`) ?? []
      // Only what exists is kept, so that the cache cannot outgrow the URLconf.
      if (found.length > 0 && this.hasNamespace(currentApp.split(':'))) this.#found.set(key, found)
    }
    return found
  }

  /**
   * The instance namespaces that `namespaces` stands for. Each may be an application name: it then means the instance in
   * `current` at the same depth, else the instance of the same name, else the one deployed last.
   */
  instanceNamespaces(namespaces: readonly string[], current: readonly string[]): readonly string[] {
    const found: string[] = []
    let inCurrent = true
    for (const [depth, given] of namespaces.entries()) {
      const instances = this.#instances.get([...found, given].join(':')) ?? []
      const here = inCurrent ? current[depth] : undefined
      const chosen = instances.length === 0 ? given : pick(instances, given, here)
      if (chosen !== here) inCurrent = false
      found.push(chosen)
    }
    return found
  }

  #addNamespaces(leaf: UrlLeaf): void {
    for (const [depth, namespace] of leaf.namespaces.entries()) {
      const outer = leaf.namespaces.slice(0, depth)
      this.#namespaces.add([...outer, namespace].join(':'))
      const key = [...outer, leaf.appNames[depth]!].join(':')
      const instances = this.#instances.get(key) ?? []
      if (!instances.includes(namespace)) instances.push(namespace)
      this.#instances.set(key, instances)
    }
  }
}

function pick(instances: readonly string[], given: string, here: string | undefined): string {
  if (here !== undefined && instances.includes(here)) return here
  return instances.includes(given) ? given : instances.at(-1)!
}

function templatesOf(leaf: UrlLeaf): readonly (readonly RouteTemplate[])[] {
  let ways: readonly (readonly RouteTemplate[])[] = [[]]
  for (const { route } of leaf.levels) {
    ways = ways.flatMap((way) => route.templates.map((template) => [...way, template]))
  }
  return ways
}
