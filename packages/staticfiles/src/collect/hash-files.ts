import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { StaticReferenceError } from '../errors.ts'
import type { ListedStatic } from '../list-static.ts'
import { contentHash, hashedName, shortened } from '../manifest/static-manifest.ts'
import { mayRefer, type ReferringText, readReferences } from '../references/read-references.ts'
import { lineAt, type Reference, replaceReferences } from '../references/reference.ts'
import { type ResolvedReference, resolveReference } from '../references/resolve-reference.ts'
import { dependencyOrder } from './dependency-order.ts'
import { inParallel } from './in-parallel.ts'

/** A static file under its name with a hash. */
export interface HashedStatic extends ListedStatic {
  /** `path` with the hash. */
  readonly name: string
  /** What is to be written there, where it is not what the file holds. */
  readonly content?: Uint8Array
  /** Of scripts and style sheets: the digest that a page may insist on. */
  readonly integrity?: string
}

export interface HashedFiles {
  readonly files: readonly HashedStatic[]
  /** What was passed over, a sentence each. */
  readonly warnings: readonly string[]
}

export interface HashOptions {
  readonly staticUrl: string
  /** Whether a reference to a file that is not there is an error rather than a warning. */
  readonly strict: boolean
}

const readAtOnce = 8
/** The most problems that an error lists. */
const mostShown = 20

interface Referring extends ReferringText {
  readonly resolved: ReadonlyMap<Reference, ResolvedReference>
}

/**
 * Gives each file a name with the hash of its content, in which references to other files already lead to their hashed names:
 * so the hash of a file changes with whatever it refers to. Throws `StaticReferenceError`, with file and line, for references
 * that lead nowhere. What refers to each other in a circle shares one hash of all of it.
 */
export async function hashFiles(files: readonly ListedStatic[], options: HashOptions): Promise<HashedFiles> {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const warnings: string[] = []
  const referring = await readAll(files, byPath, options, warnings)
  const plain = files.filter(({ path }) => !referring.has(path))
  const names = new Map<string, string>()
  const digests = await inParallel(plain, readAtOnce, ({ file }) => fileHash(file))
  for (const [index, { path }] of plain.entries()) names.set(path, hashedName(path, digests[index]!))
  const contents = new Map<string, Buffer>()
  for (const circle of dependencyOrder(dependenciesOf(referring))) nameCircle(circle, referring, names, contents)
  const described = files.map((file): HashedStatic => {
    const [name, content] = [names.get(file.path)!, contents.get(file.path)]
    if (content === undefined) return { ...file, name }
    const integrity = `sha384-${hash('sha384', content, 'base64')}`
    return { ...file, name, integrity, ...(referring.get(file.path)!.resolved.size > 0 ? { content } : {}) }
  })
  return { files: described, warnings: warnings.sort() }
}

/** Reads what may refer to other files, and finds out what to. */
async function readAll(
  files: readonly ListedStatic[],
  byPath: ReadonlyMap<string, ListedStatic>,
  options: HashOptions,
  warnings: string[],
): Promise<Map<string, Referring>> {
  const missing: string[] = []
  const read = await inParallel(
    files.filter(({ path }) => mayRefer(path)),
    readAtOnce,
    async ({ path, file }): Promise<[string, Referring]> => {
      const text = await readReferences(path, await readFile(file))
      if (text.problem !== undefined) warnings.push(`${file} was not looked into: ${text.problem}.`)
      const resolved = new Map<Reference, ResolvedReference>()
      for (const reference of text.references) {
        const target = resolveReference(path, reference.url, options.staticUrl)
        if (target === undefined) continue
        if (byPath.has(target.path)) resolved.set(reference, target)
        else {
          const where = `${file}:${lineAt(text.text, reference.start)}`
          const list = reference.isOptional || !options.strict ? warnings : missing
          list.push(`${where}: ${reference.what} of '${reference.url}', and there is no static file '${target.path}'.`)
        }
      }
      return [path, { ...text, resolved }]
    },
  )
  if (missing.length > 0) refuse(missing.sort())
  return new Map(read.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function refuse(missing: readonly string[]): never {
  const more = missing.length > mostShown ? `\n  … and ${missing.length - mostShown} more` : ''
  const shown = missing.slice(0, mostShown).map((problem) => `\n  ${problem}`)
  throw new StaticReferenceError(`Static files refer to files that are not there:${shown.join('')}${more}`, {
    hint: 'Add the files or correct the references; staticfiles: { strictReferences: false } collects all the same.',
  })
}

function dependenciesOf(referring: ReadonlyMap<string, Referring>): Map<string, Set<string>> {
  return new Map(
    [...referring].map(([path, { resolved }]) => [
      path,
      new Set([...resolved.values()].map((target) => target.path).filter((target) => referring.has(target))),
    ]),
  )
}

/** Names the files of a circle, mostly a single file: all that they refer to outside of it have their names by now. */
function nameCircle(
  circle: readonly string[],
  referring: ReadonlyMap<string, Referring>,
  names: Map<string, string>,
  contents: Map<string, Buffer>,
): void {
  const render = (path: string): Buffer => {
    const { text, encode, resolved } = referring.get(path)!
    return encode(
      replaceReferences(text, [...resolved.keys()], (reference) => {
        const target = resolved.get(reference)!
        const name = names.get(target.path)
        return name === undefined ? undefined : target.urlOf(name)
      }),
    )
  }
  // With the names inside the circle still plain; then with a hash of everything in it, which is the same for each.
  const drafts = circle.toSorted().map((path) => ({ path, content: render(path) }))
  const isCircle =
    circle.length > 1 || [...referring.get(circle[0]!)!.resolved.values()].some((t) => t.path === circle[0])
  const shared = contentHash(drafts.map(({ content }) => contentHash(content)).join())
  for (const { path, content } of drafts) {
    const own = contentHash(content)
    names.set(path, hashedName(path, isCircle ? contentHash(shared + own) : own))
  }
  for (const { path, content } of drafts) contents.set(path, isCircle ? render(path) : content)
}

async function fileHash(file: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer)
  return shortened(digest.digest('hex'))
}
