import type {
  Block,
  Extends,
  FromImport,
  If,
  Import,
  Include,
  Macro,
  Output,
  SetNode,
  Statement,
  Switch,
} from '../syntax/nodes.ts'
import type { Emitter } from './emitter.ts'
import { captureCode, expressionCode, testCode, valueCode } from './expressions.ts'
import { writeFor } from './for-loop.ts'
import { macroCode } from './macros.ts'

type Writer<Name extends Statement['typename']> = (emit: Emitter, node: Extract<Statement, { typename: Name }>) => void

const writers: { readonly [Name in Statement['typename']]: Writer<Name> } = {
  NodeList: writeChildren,
  Root: writeChildren,
  Output: writeOutput,
  If: writeIf,
  For: writeFor,
  Set: writeSet,
  Macro: writeMacro,
  Block: writeBlock,
  Extends: writeExtends,
  Include: writeInclude,
  Import: writeImport,
  FromImport: writeFromImport,
  Switch: writeSwitch,
  Autoescape: writeAutoescape,
}

/** Writes the code of a statement. */
export function writeStatement(emit: Emitter, node: Statement): void {
  const write = writers[node.typename] as Writer<Statement['typename']> | undefined
  if (!write) {
    emit.shared.fail(
      `'${node.typename}' is not supported: what a template reads is loaded for it, without asynchronous tags`,
      node,
    )
  }
  write(emit, node)
}

function writeChildren(emit: Emitter, node: { readonly children: readonly Statement[] }): void {
  for (const child of node.children) writeStatement(emit, child)
}

function writeExtends(emit: Emitter, node: Extends): void {
  emit.at(node)
  emit.write(`parent = rt.linked.parent(template, ${valueCode(emit, node.template)}, blocks);`)
}

function writeOutput(emit: Emitter, node: Output): void {
  for (const child of node.children) {
    if (child.typename === 'TemplateData') {
      if (child.value !== '') emit.write(`out += ${JSON.stringify(child.value)};`)
      continue
    }
    emit.at(child)
    const code = expressionCode(emit, child)
    const isFilteredBody = child.typename === 'Filter' && child.args.children[0]?.typename === 'Capture'
    const print = emit.autoescape && !isFilteredBody ? 'text' : 'plain'
    emit.write(`out += rt.${print}(${code});`)
  }
}

function writeIf(emit: Emitter, node: If): void {
  emit.at(node)
  const test = emit.temporary()
  emit.write(`if (${test} = ${testCode(emit, node.cond)}) {`)
  emit.write(emit.capture(() => writeStatement(emit, node.body)))
  if (node.else_) {
    const otherwise = node.else_
    emit.write(`} else if (${test} === false) {`)
    emit.write(emit.capture(() => writeStatement(emit, otherwise)))
  }
  emit.write('}')
}

function writeSet(emit: Emitter, node: SetNode): void {
  emit.at(node)
  const { body, value } = node
  const wrong = node.targets.find((target) => target.typename !== 'Symbol')
  if (wrong) emit.shared.fail('{% set %} gives a value to a name, not to a member of something', wrong)
  const code = value ? expressionCode(emit, value) : captureCode(emit, () => body && writeStatement(emit, body.body))
  for (const [index, { value: name }] of node.targets.entries()) {
    assign(emit, name, index === 0 ? code : readBack(emit, node.targets[0]!.value))
  }
}

function readBack(emit: Emitter, name: string): string {
  return emit.scope.find(name)[0]?.code ?? `scope[${JSON.stringify(name)}]`
}

/** Gives a name a value where Nunjucks would: the nearest variable of that name, else a new one here. */
function assign(emit: Emitter, name: string, code: string): void {
  const key = JSON.stringify(name)
  const variable = emit.scope.find(name)[0]
  const { contextNames } = emit.shared
  if (variable && !emit.atTopLevel) {
    emit.write(`${variable.code} = ${code};`)
  } else if (emit.atTopLevel || (emit.kind === 'root' && contextNames.has(name))) {
    contextNames.add(name)
    emit.write(`scope[${key}] = exported[${key}] = ${code};`)
  } else {
    const local = emit.temporary()
    emit.write(`${local} = ${code};`)
    emit.scope.declare(name, local, false)
  }
}

function writeMacro(emit: Emitter, node: Macro): void {
  const name = node.name.value
  if (!emit.atTopLevel) {
    // Declared before its body is compiled, so that it can call itself.
    const local = emit.temporary()
    emit.scope.declare(name, local, false)
    emit.write(`${local} = ${macroCode(emit, node)};`)
    return
  }
  assign(emit, name, macroCode(emit, node))
}

function writeBlock(emit: Emitter, node: Block): void {
  const name = node.name.value
  if (emit.shared.blocks.has(name)) emit.shared.fail(`the block '${name}' is defined more than once`, node)
  emit.shared.blocks.set(name, { block: node, autoescape: emit.autoescape })
  emit.at(node)
  const call = `out += blocks.current(${JSON.stringify(name)})(rt, blocks, ${emit.contextCode()});`
  // In a template that extends another, the parent decides where its blocks are printed.
  emit.write(emit.kind === 'root' ? `if (parent === null) ${call}` : call)
}

function writeInclude(emit: Emitter, node: Include): void {
  emit.at(node)
  const name = valueCode(emit, node.template)
  emit.write(
    `out += rt.linked.include(rt.missed, template, ${name}, ${emit.contextCode()}, ${node.ignoreMissing === true});`,
  )
}

function importedCode(emit: Emitter, node: Import | FromImport): string {
  const context = node.withContext === true ? emit.contextCode() : 'undefined'
  return `rt.linked.imported(rt.missed, template, ${valueCode(emit, node.template)}, ${context})`
}

function writeImport(emit: Emitter, node: Import): void {
  emit.at(node)
  assign(emit, node.target.value, importedCode(emit, node))
}

function writeFromImport(emit: Emitter, node: FromImport): void {
  emit.at(node)
  const module = emit.temporary()
  emit.write(`${module} = ${importedCode(emit, node)};`)
  for (const child of node.names.children) {
    const [name, alias] =
      child.typename === 'Symbol' ? [child.value, child.value] : [child.key.value, child.value.value]
    assign(emit, alias, `rt.linked.importedName(${module}, ${JSON.stringify(name)})`)
  }
}

function writeSwitch(emit: Emitter, node: Switch): void {
  emit.at({ lineno: node.lineno })
  const value = emit.temporary()
  emit.write(`switch (${value} = ${valueCode(emit, node.expr)}) {\ncase rt.unloaded: break;`)
  for (const { cond, body } of node.cases) {
    emit.write(`case ${valueCode(emit, cond)}:`)
    const code = emit.capture(() => writeStatement(emit, body))
    // An empty case falls through to the next one.
    if (code !== '') emit.write(`${code}\nbreak;`)
  }
  const otherwise = node.default
  if (otherwise) emit.write(`default:\n${emit.capture(() => writeStatement(emit, otherwise))}`)
  emit.write('}')
}

function writeAutoescape(emit: Emitter, node: { on: boolean; body: Statement }): void {
  const outer = emit.autoescape
  emit.autoescape = node.on
  writeStatement(emit, node.body)
  emit.autoescape = outer
}
