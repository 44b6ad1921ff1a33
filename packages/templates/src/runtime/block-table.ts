import { TemplateError } from '../errors.ts'
import type { BlockFunction, Template } from '../template.ts'

/** The blocks of one page: of each name, the one of the most derived template first. */
export class BlockTable {
  /** The template that was asked for, and those it extends so far. */
  readonly chain: Template[] = []
  readonly #functions = new Map<string, BlockFunction[]>()

  add(template: Template): void {
    this.chain.push(template)
    for (const name in template.blocks) {
      const functions = this.#functions.get(name)
      if (functions) functions.push(template.blocks[name]!)
      else this.#functions.set(name, [template.blocks[name]!])
    }
  }

  current(name: string): BlockFunction {
    return this.#functions.get(name)![0]!
  }

  /** What `super()` in the block `current` stands for. */
  inherited(name: string, current: BlockFunction): BlockFunction {
    const functions = this.#functions.get(name)!
    const next = functions[functions.indexOf(current) + 1]
    if (!next)
      throw new TemplateError(`super() in the block '${name}': no template that is extended has a block of that name`)
    return next
  }
}
