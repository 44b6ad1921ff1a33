import { didYouMean } from '@nuages/foundation'
import type {
  Binary,
  Compare,
  Expression,
  Filter,
  FunCall,
  Is,
  KeywordArgs,
  LookupVal,
  SymbolNode,
} from '../syntax/nodes.ts'
import { describe } from './describe.ts'
import type { Emitter } from './emitter.ts'
import { callerCode } from './macros.ts'

/** Filters and tests that exist to be asked about names that may not be there. */
const tolerantFilters = new Set(['default', 'd', 'default_if_none'])
const tolerantTests = new Set(['defined', 'undefined', 'none', 'null'])
const tolerantComparisons = new Set(['==', '!=', '===', '!=='])
const forbiddenMembers = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * JavaScript for an expression. Its value may be pending; `valueCode` is for where the value itself is needed. A
 * `tolerant` position, such as the condition of `{% if %}`, may read names that are not there.
 */
export function expressionCode(emit: Emitter, node: Expression, tolerant = false): string {
  switch (node.typename) {
    case 'Literal':
      return literalCode(node.value)
    case 'Symbol':
      return symbolCode(emit, node, tolerant)
    case 'LookupVal':
      return memberCode(emit, node, tolerant)
    case 'FunCall':
      return callCode(emit, node)
    case 'Filter':
      return filterCode(emit, node)
    case 'Group':
      return `(${node.children.map((child) => expressionCode(emit, child, tolerant)).join(', ')})`
    case 'Array':
      return `[${node.children.map((child) => expressionCode(emit, child)).join(', ')}]`
    case 'Dict':
      return dictionaryCode(emit, node.children)
    case 'KeywordArgs':
      return `rt.keywords(${dictionaryCode(emit, node.children)})`
    case 'InlineIf': {
      const test = emit.temporary()
      const otherwise = node.else_ ? expressionCode(emit, node.else_, tolerant) : '""'
      return `((${test} = ${testCode(emit, node.cond)}) ? ${expressionCode(emit, node.body, tolerant)} : ${test} === false ? ${otherwise} : rt.unloaded)`
    }
    case 'Is':
      return isCode(emit, node)
    case 'Compare':
      return compareCode(emit, node)
    case 'Not':
      return `!rt.truthy(${valueCode(emit, node.target, true)})`
    case 'Neg':
      return `(-${valueCode(emit, node.target)})`
    case 'Pos':
      return `(+${valueCode(emit, node.target)})`
    case 'Capture':
      return captureCode(emit, () => emit.shared.writers.statement(emit, node.body))
    case 'Caller':
      return callerCode(emit, node)
    case 'CallExtension':
      return `rt.tag(rt.missed, ${JSON.stringify(node.extName)}, ${emit.contextCode()}, ${tagArgumentsCode(emit, node.args.children)})`
    case 'CallBlock': {
      const { name, args, body } = node
      const given = `${emit.contextCode()}, ${tagArgumentsCode(emit, args.children)}`
      const printed = printedCode(emit, () => emit.shared.writers.statement(emit, body))
      return `rt.blockTag(rt.missed, ${JSON.stringify(name)}, ${given}, ${printed})`
    }
    default:
      return binaryCode(emit, node, tolerant)
  }
}

/** The value of an expression where it is used: loaded, if it had to be. */
export function valueCode(emit: Emitter, node: Expression, tolerant = false): string {
  const code = expressionCode(emit, node, tolerant)
  return node.typename === 'Literal' ? code : `rt.use(${code})`
}

/** `true`, `false`, or `undefined` when that cannot be known before something is loaded. */
export function testCode(emit: Emitter, node: Expression): string {
  return `rt.test(rt.missed, ${expressionCode(emit, node, true)})`
}

/** What `body` prints, as safe HTML. */
export function captureCode(emit: Emitter, body: () => void): string {
  return `rt.safe((${printedCode(emit, body)})())`
}

/** A function that gives the text that `body` prints. */
function printedCode(emit: Emitter, body: () => void): string {
  return `() => { let out = "";\n${emit.capture(body)}\nreturn out; }`
}

function literalCode(value: string | number | boolean | null | RegExp): string {
  return value instanceof RegExp ? value.toString() : JSON.stringify(value)
}

function symbolCode(emit: Emitter, { value: name }: SymbolNode, tolerant: boolean): string {
  const key = JSON.stringify(name)
  const read = emit.strict && !tolerant ? `rt.required(scope, ${key})` : `scope[${key}]`
  return emit.scope.find(name).reduceRight((code, variable) => {
    return variable.certain ? variable.code : `(${variable.code} !== undefined ? ${variable.code} : ${code})`
  }, read)
}

function memberCode(emit: Emitter, node: LookupVal, tolerant: boolean): string {
  const { target, val } = node
  if (val.typename === 'Literal' && forbiddenMembers.has(String(val.value))) {
    emit.shared.fail(`a template may not read '${val.value}'`, node)
  }
  const object = expressionCode(emit, target, tolerant)
  const key = val.typename === 'Literal' ? literalCode(val.value) : `rt.key(${valueCode(emit, val)})`
  if (!emit.strict || tolerant) return `rt.member(${object}, ${key})`
  return `rt.requiredMember(${object}, ${key}, ${JSON.stringify(describe(target))})`
}

function callCode(emit: Emitter, node: FunCall): string {
  const { name } = node
  const args = `[${node.args.children.map((child) => expressionCode(emit, child)).join(', ')}]`
  const label = JSON.stringify(describe(name))
  if (name.typename === 'Symbol' && name.value === 'super' && emit.block) {
    return `rt.safe(blocks.inherited(${JSON.stringify(emit.block.name)}, ${emit.block.id})(rt, blocks, ${emit.contextCode()}))`
  }
  if (name.typename === 'LookupVal') {
    const key = name.val.typename === 'Literal' ? literalCode(name.val.value) : `rt.key(${valueCode(emit, name.val)})`
    if (name.val.typename === 'Literal' && forbiddenMembers.has(String(name.val.value))) {
      emit.shared.fail(`a template may not call '${name.val.value}'`, node)
    }
    return `rt.callMember(rt.missed, ${expressionCode(emit, name.target)}, ${key}, ${args}, ${label})`
  }
  return `rt.call(rt.missed, ${expressionCode(emit, name)}, ${args}, ${label})`
}

function filterCode(emit: Emitter, node: Filter): string {
  const name = node.name.value
  const { options, fail } = emit.shared
  if (!options.hasFilter(name)) {
    fail(`there is no filter '${name}'.${didYouMean(name, options.filterNames())}`, node)
  }
  const args = node.args.children.map((child, index) =>
    valueCode(emit, child, index === 0 && tolerantFilters.has(name)),
  )
  return `rt.filter(rt.missed, filters[${JSON.stringify(name)}], [${args.join(', ')}])`
}

function isCode(emit: Emitter, { left, right }: Is): string {
  const named = right.typename === 'FunCall' ? right.name : right
  const name =
    named.typename === 'Symbol'
      ? named.value
      : named.typename === 'Literal' && named.value === null
        ? 'null'
        : describe(named)
  const { options, fail } = emit.shared
  if (!options.hasTest(name)) fail(`there is no test '${name}'.${didYouMean(name, options.testNames())}`, right)
  const args = right.typename === 'FunCall' ? right.args.children.map((child) => valueCode(emit, child)) : []
  const tolerant = tolerantTests.has(name)
  const value =
    name === 'defined' || name === 'undefined' ? expressionCode(emit, left, true) : valueCode(emit, left, tolerant)
  return `rt.is(rt.missed, tests[${JSON.stringify(name)}], [${[value, ...args].join(', ')}])`
}

function compareCode(emit: Emitter, { expr, ops }: Compare): string {
  const tolerant = ops.every(({ type }) => tolerantComparisons.has(type))
  const first = valueCode(emit, expr, tolerant)
  const rest = ops.map((op) => `${JSON.stringify(op.type)}, ${valueCode(emit, op.expr, tolerant)}`)
  if (rest.length === 1) return `rt.compare(${first}, ${rest[0]})`
  return `rt.compareAll(${first}, [${rest.join(', ')}])`
}

const arithmetic = { Add: '+', Sub: '-', Mul: '*', Div: '/', Mod: '%', Pow: '**' } as const

function binaryCode(emit: Emitter, { typename, left, right }: Binary, tolerant: boolean): string {
  if (typename === 'And' || typename === 'Or') {
    const value = emit.temporary()
    const first = `${value} = ${valueCode(emit, left, true)}`
    const second = expressionCode(emit, right, tolerant)
    if (typename === 'And') return `(rt.truthy(${first}) ? ${second} : ${value})`
    return `(rt.truthy(${first}) || ${value} === rt.unloaded ? ${value} : ${second})`
  }
  const isIn = typename === 'In'
  const [a, b] = [valueCode(emit, left, isIn), valueCode(emit, right)]
  if (isIn) return `rt.contains(rt.missed, ${a}, ${b})`
  if (typename === 'Concat') return `rt.concat(${a}, ${b})`
  if (typename === 'FloorDiv') return `Math.floor(${a} / ${b})`
  return `((${a}) ${arithmetic[typename]} (${b}))`
}

function dictionaryCode(emit: Emitter, pairs: KeywordArgs['children']): string {
  const entries = pairs.map(({ key, value }) => {
    return `[${JSON.stringify(String(key.value))}]: ${expressionCode(emit, value)}`
  })
  return `{${entries.join(', ')}}`
}

function tagArgumentsCode(emit: Emitter, children: readonly Expression[]): string {
  const last = children.at(-1)
  const named = last?.typename === 'KeywordArgs' ? last.children : []
  const positional = named.length > 0 ? children.slice(0, -1) : children
  const pairs = named.map(({ key, value }) => `[${JSON.stringify(String(key.value))}]: ${valueCode(emit, value)}`)
  return `[${positional.map((child) => valueCode(emit, child)).join(', ')}], {${pairs.join(', ')}}`
}
