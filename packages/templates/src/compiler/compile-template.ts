import type { Root } from '../syntax/nodes.ts'
import { Compilation, type CompileOptions, Emitter } from './emitter.ts'
import { expressionCode } from './expressions.ts'
import { writeStatement } from './statements.ts'

/**
 * JavaScript for a parsed template: the body of a function of `template`, `filters` and `tests` that returns its root and
 * its blocks. The code is straight-line and synchronous; what it reads goes through the render pass `rt`.
 */
export function compileTemplate(root: Root, options: CompileOptions, fail: Compilation['fail']): string {
  const shared = new Compilation(options, { statement: writeStatement, expression: expressionCode }, fail)
  const emit = new Emitter(shared, 'root', { autoescape: true })
  emit.write('let parent = null;')
  writeStatement(emit, root)
  const functions = [
    emit.functionCode(
      'root',
      'rt, blocks, scope, exported = {}',
      'return parent === null ? out : parent.root(rt, blocks, scope);',
    ),
  ]
  const entries: string[] = []
  // A block may hold further blocks: the map grows while it is read.
  for (const [name, { block, autoescape }] of shared.blocks) {
    const id = shared.id('block')
    const inner = new Emitter(shared, 'block', { autoescape, block: { name, id } })
    writeStatement(inner, block.body)
    functions.push(inner.functionCode(id, 'rt, blocks, scope', 'return out;'))
    entries.push(`[${JSON.stringify(name)}]: ${id}`)
  }
  return `"use strict";\n${functions.join('\n')}\nreturn { root, blocks: {__proto__: null, ${entries.join(', ')}} };`
}
