import { readdirSync } from 'node:fs'
import { basename, dirname, join, posix, relative, sep } from 'node:path'
import type { Plugin } from 'rolldown'
import { type ESTree, parseSync, Visitor } from 'rolldown/utils'

/** What stands in a chunk for `import.meta.url` of `src/a/b.ts` until it is known where the chunk lies. */
const mark = /import\.meta\.own_(url|dirname)\("([^"]+)"\)/g

/**
 * Keeps `import.meta.url` and `import.meta.dirname` of a source pointing to where it would lie in the output by itself, since
 * templates, catalogues and workers lie there as they lie beside the sources. A file that is named from there and is not in the
 * output fails the build.
 */
export function ownPlaces(sources: string, output: string): Plugin {
  const named: { readonly source: string; readonly path: string }[] = []
  return {
    name: 'own-places',
    transform(code, id, { magicString }) {
      if (!code.includes('import.meta.') || !id.startsWith(sources)) return null
      const source = relative(sources, id).split(sep).join('/')
      new Visitor({
        MemberExpression(node) {
          const name = metaName(node)
          if (name === undefined || name === 'resolve') return
          if (name !== 'url' && name !== 'dirname') throw new Error(`${id}: the build cannot keep import.meta.${name}`)
          magicString!.overwrite(node.start, node.end, `import.meta.own_${name}("${source.replace(/\.ts$/, '.js')}")`)
        },
        NewExpression: ({ arguments: [path, base] }) => {
          if (metaName(base) === 'url') named.push({ source, path: textBefore(path) })
        },
        CallExpression: ({ arguments: [base, ...parts] }) => {
          if (metaName(base) === 'dirname') named.push({ source, path: parts.map(textBefore).join('/') })
        },
      }).visit(parseSync(id, code).program)
      return magicString!.hasChanged() ? { code: magicString! } : null
    },
    renderChunk(code, { fileName }, _options, { magicString }) {
      for (const { 0: text, 1: kind, 2: place, index } of code.matchAll(mark)) {
        magicString!.overwrite(index, index + text.length, ownPlace(kind as 'url' | 'dirname', place!, fileName))
      }
      return magicString!.hasChanged() ? { code: magicString! } : null
    },
    writeBundle() {
      for (const { source, path } of named) {
        const target = join(output, dirname(source), path)
        if (target.startsWith(output) && !isThere(target)) {
          throw new Error(`${join(sources, source)} names '${path}' beside it, and there is no ${target}.`)
        }
      }
    },
  }
}

/** `url` where a node is `import.meta.url`. */
function metaName(node: ESTree.Node | undefined): string | undefined {
  if (node?.type !== 'MemberExpression' || node.object.type !== 'MetaProperty') return undefined
  if (node.object.meta.name !== 'import' || node.property.type !== 'Identifier') return undefined
  return node.property.name
}

/** A text, or as much of it as is known before the program runs. */
function textBefore(node: ESTree.Node | undefined): string {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  return node?.type === 'TemplateLiteral' ? (node.quasis[0]?.value.cooked ?? '') : ''
}

/** The expression, in a chunk, for where a source would lie. */
function ownPlace(kind: 'url' | 'dirname', place: string, chunk: string): string {
  const path = posix.relative(posix.dirname(chunk), kind === 'url' ? place : posix.dirname(place))
  if (kind === 'dirname') return path === '' ? 'import.meta.dirname' : `\`\${import.meta.dirname}/${path}\``
  return place === chunk ? 'import.meta.url' : `new URL("${path}", import.meta.url).href`
}

function isThere(start: string): boolean {
  try {
    return readdirSync(dirname(start)).some((name) => name.startsWith(basename(start)))
  } catch {
    return false
  }
}
