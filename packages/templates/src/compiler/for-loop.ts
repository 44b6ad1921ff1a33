import type { Expression, For, Statement } from '../syntax/nodes.ts'
import type { Emitter } from './emitter.ts'
import { expressionCode } from './expressions.ts'

/** `{% for item in items %} … {% else %} … {% endfor %}`; with several names, over pairs or the entries of an object. */
export function writeFor(emit: Emitter, node: For): void {
  emit.at(node)
  const names = node.name.typename === 'Symbol' ? [node.name.value] : node.name.children.map(({ value }) => value)
  const [items, index] = [emit.temporary(), emit.temporary()]
  const label = JSON.stringify(names.join(', '))
  const read = names.length > 1 ? 'entries' : 'items'
  emit.write(`${items} = rt.${read}(rt.missed, ${expressionCode(emit, node.arr as Expression)}, ${label});`)
  emit.write(`if (${items} !== null) {`)
  emit.inScope(() => writeLoop(emit, node, names, items, index))
  const otherwise = node.else_
  if (otherwise) {
    emit.write(`if (${items}.length === 0) {`)
    emit.inScope(() => emit.write(emit.capture(() => emit.shared.writers.statement(emit, otherwise))))
    emit.write('}')
  }
  emit.write('}')
}

function writeLoop(emit: Emitter, node: For, names: readonly string[], items: string, index: string): void {
  const item = emit.temporary()
  const loop = readsLoop(node.body) ? emit.temporary() : undefined
  if (loop) {
    emit.scope.declare('loop', loop, true)
    emit.write(`${loop} = rt.loop(${items}.length);`)
  }
  if (names.length === 1) emit.scope.declare(names[0]!, item, true)
  const variables = names.length === 1 ? [] : names.map((name) => declareVariable(emit, name))
  emit.inScope(() => {
    // A round may read what the round before it set, further down.
    for (const name of namesSet(node.body)) declareUnlessKnown(emit, name)
    const code = emit.capture(() => {
      emit.write(`${item} = ${items}[${index}];`)
      if (loop) emit.write(`${loop}.index0 = ${index};`)
      for (const [position, variable] of variables.entries()) emit.write(`${variable} = ${item}[${position}];`)
      emit.shared.writers.statement(emit, node.body)
    })
    // What the body sets starts afresh each time the loop is entered, not in each round: Nunjucks' rule.
    for (const variable of emit.scope.own()) emit.write(`${variable} = undefined;`)
    emit.write(`for (${index} = 0; ${index} < ${items}.length; ${index}++) {\n${code}\n}`)
  })
}

function declareVariable(emit: Emitter, name: string): string {
  const variable = emit.temporary()
  emit.scope.declare(name, variable, true)
  return variable
}

function declareUnlessKnown(emit: Emitter, name: string): void {
  const isContextName = emit.kind === 'root' && emit.shared.contextNames.has(name)
  if (emit.scope.find(name).length === 0 && !isContextName) emit.scope.declare(name, emit.temporary(), false)
}

/** The names that `{% set %}` gives values to in this scope: not in loops, macros and blocks inside it, which have their own. */
function namesSet(node: Statement): string[] {
  switch (node.typename) {
    case 'NodeList':
      return node.children.flatMap(namesSet)
    case 'Set':
      return node.targets.map(({ value }) => value)
    case 'If':
      return [node.body, ...(node.else_ ? [node.else_] : [])].flatMap(namesSet)
    case 'Switch':
      return [...node.cases.map(({ body }) => body), ...(node.default ? [node.default] : [])].flatMap(namesSet)
    case 'Autoescape':
      return namesSet(node.body)
    default:
      return []
  }
}

/** Whether the body may look at `loop`: by its name, or in another template that it hands its variables to. */
function readsLoop(node: Statement): boolean {
  return mentions(
    node,
    (name, typename) =>
      name === 'loop' ||
      typename === 'Include' ||
      typename === 'Block' ||
      typename === 'CallExtension' ||
      typename === 'CallBlock',
  )
}

function mentions(node: unknown, wanted: (symbol: unknown, typename: unknown) => boolean): boolean {
  if (typeof node !== 'object' || node === null) return false
  if (Array.isArray(node)) return node.some((child) => mentions(child, wanted))
  const { typename, value } = node as { typename?: unknown; value?: unknown }
  if (wanted(typename === 'Symbol' ? value : undefined, typename)) return true
  return Object.values(node).some((child) => mentions(child, wanted))
}
