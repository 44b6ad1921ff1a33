import { TemplateError } from '../errors.ts'
import type { BlockFunction, Template } from '../template.ts'

/** The blocks of one page: of each name, the one of the most derived template first. */
export class BlockTable {
  /** The template that was asked for, and those it extends so far. */
  readonly chain: Template[] = []

  add(template: Template): void {
    this.chain.push(template)
  }

  current(name: string): BlockFunction {
    // Chains are short: looking through one is cheaper than a table of all its blocks for each page.
    return this.chain.find(({ blocks }) => name in blocks)!.blocks[name]!
  }

  /** What `super()` in the block `current` stands for. */
  inherited(name: string, current: BlockFunction): BlockFunction {
    const functions = this.chain.flatMap(({ blocks }) => blocks[name] ?? [])
    const next = functions[functions.indexOf(current) + 1]
    if (!next)
      throw new TemplateError(`super() in the block '${name}': no template that is extended has a block of that name`)
    return next
  }
}
