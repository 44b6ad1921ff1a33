/** Fails when a package imports against the table in docs/architecture.md, or when files of a package import in a circle. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const problems: string[] = []

const allowed = new Map<string, Set<string>>()
for (const line of readFileSync(join(root, 'docs/architecture.md'), 'utf8').split('\n')) {
  const row = /^\|\s*`([\w-]+)`\s*\|.*\|([^|]*)\|$/.exec(line)
  if (row) allowed.set(row[1]!, new Set(row[2]!.split(/[,\s]+/).filter((name) => /^[a-z]/.test(name))))
}

const valueImport = /(?:^|\n)\s*(?:import|export)\s+(?!type\b)[^'"`;]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'/g
const anyImport = /(?:from|import)\s*\(?\s*'([^']+)'/g

function packageOf(specifier: string): string | undefined {
  if (specifier === 'create-nuages') return specifier
  const scoped = /^@nuages\/([\w-]+)/.exec(specifier)
  if (scoped) return scoped[1]
  return /^nuages(\/|$)/.test(specifier) ? 'nuages' : undefined
}

const graph = new Map<string, string[]>()
for (const file of globSync('packages/*/src/**/*.ts', { cwd: root })) {
  const name = file.split('/')[1]!
  const source = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const mayImport = allowed.get(name)
  if (!mayImport) problems.push(`${file}: package '${name}' has no line in the table of docs/architecture.md`)
  for (const [, specifier] of source.matchAll(anyImport)) {
    const target = packageOf(specifier!)
    if (target && target !== name && !mayImport?.has(target)) {
      problems.push(
        `${file}: '${name}' may not import '${specifier}' (docs/architecture.md allows: ${[...(mayImport ?? [])].join(', ') || 'nothing'})`,
      )
    }
    if (target === name) problems.push(`${file}: imports its own package by name ('${specifier}'); use a relative path`)
  }
  graph.set(
    file,
    [...source.matchAll(valueImport)]
      .map((match) => match[1] ?? match[2]!)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => join(dirname(file), specifier))
      .filter((target) => existsSync(join(root, target))),
  )
}

const state = new Map<string, 'open' | 'done'>()
function visit(file: string, trail: readonly string[]): void {
  if (state.get(file) === 'done') return
  if (state.get(file) === 'open') {
    problems.push(`import cycle: ${[...trail.slice(trail.indexOf(file)), file].join(' → ')}`)
    return
  }
  state.set(file, 'open')
  for (const target of graph.get(file) ?? []) visit(target, [...trail, file])
  state.set(file, 'done')
}
for (const file of graph.keys()) visit(file, [])

if (problems.length > 0) {
  console.error(problems.join('\n'))
  console.error(
    `\n${problems.length} problem${problems.length === 1 ? '' : 's'} in the imports between packages and files.`,
  )
  process.exit(1)
}
console.log(`Imports of ${graph.size} files keep to the table of docs/architecture.md.`)
