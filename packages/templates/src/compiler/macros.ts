import type { Caller, Macro } from '../syntax/nodes.ts'
import { CompileScope } from './compile-scope.ts'
import { Emitter } from './emitter.ts'

/** A macro sees its arguments and the context of the template it stands in. */
export function macroCode(emit: Emitter, node: Macro): string {
  return functionOf(emit, node, new CompileScope())
}

/** The body of `{% call %}` sees what is around it as well. */
export function callerCode(emit: Emitter, node: Caller): string {
  return functionOf(emit, node, new CompileScope(emit.scope))
}

function functionOf(emit: Emitter, node: Macro | Caller, scope: CompileScope): string {
  const last = node.args.children.at(-1)
  const defaults = last?.typename === 'KeywordArgs' || (last?.typename as string) === 'Dict' ? asPairs(last) : []
  const names = node.args.children.flatMap((child) => (child.typename === 'Symbol' ? [child.value] : []))
  const inner = new Emitter(emit.shared, 'macro', { scope, autoescape: emit.autoescape, block: emit.block })
  const parameters = names.map((name) => declare(inner, name))
  for (const { key, value } of defaults) {
    const name = String(key.value)
    const code = inner.shared.writers.expression(inner, value)
    inner.write(
      `const ${declare(inner, name)} = Object.hasOwn(kwargs, ${JSON.stringify(name)}) ? kwargs[${JSON.stringify(name)}] : ${code};`,
    )
  }
  if (node.typename === 'Macro') inner.write(`const ${declare(inner, 'caller')} = kwargs.caller;`)
  inner.shared.writers.statement(inner, node.body)
  const code = inner.functionCode('', [...parameters, 'kwargs = {}'].join(', '), 'return rt.safe(out);')
  const defaultNames = defaults.map(({ key }) => String(key.value))
  return `rt.macro(${JSON.stringify(names)}, ${JSON.stringify(defaultNames)}, ${code})`
}

function asPairs(node: Macro['args']['children'][number] | undefined) {
  return node?.typename === 'Symbol' || node === undefined ? [] : node.children
}

function declare(emit: Emitter, name: string): string {
  const code = emit.shared.id('a')
  emit.scope.declare(name, code, true)
  return code
}
