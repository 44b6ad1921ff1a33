import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { didYouMean } from '@nuages/foundation'
import { compressionOf, compressions, decompressor } from './compressed.ts'
import { DeserializationError } from './errors.ts'
import { type SerializationFormat, serializationFormats } from './format.ts'
import type { Fixture } from './load/load-fixtures.ts'

/** Where fixtures are looked for. */
export interface FixtureSearch {
  /** Folders, in order: those of apps, and others of the project's. */
  readonly dirs: readonly string[]
  /** The folder that paths are taken from; the working directory unless told. */
  readonly baseDir?: string | undefined
  /** The alias of the database: `posts.replica.json` is of the database `replica` alone. */
  readonly using?: string | undefined
  /** Told of each piece of a file that is read, in bytes. */
  readonly onRead?: ((bytes: number) => void) | undefined
}

/** A fixture that is a file. */
export interface FixtureFile extends Fixture {
  readonly path: string
  /** In bytes, as it is stored. */
  readonly size: number
}

/**
 * The files that a name stands for: a path, or a name in one of the folders, with or without the endings that tell its format and
 * compression (`posts`, `posts.json`, `posts.jsonl.gz`). One in each folder at most. Throws `DeserializationError` where there is
 * none, or where a folder has two.
 */
export function findFixtures(label: string, search: FixtureSearch): FixtureFile[] {
  const { name, formats, compressed } = partsOf(label)
  const isPath = isAbsolute(label) || label.includes('/') || label.includes('\\')
  const base = search.baseDir ?? process.cwd()
  const folders = isPath
    ? isAbsolute(label)
      ? [dirname(label)]
      : [...search.dirs, base].map((dir) => resolve(dir, dirname(label)))
    : [...search.dirs, base]
  const alias = search.using ?? 'default'
  const endings = formats.flatMap((format) => compressed.map((ending) => `.${format}${ending}`))
  const names = endings.flatMap((ending) => [`${basename(name)}.${alias}${ending}`, `${basename(name)}${ending}`])
  const found: FixtureFile[] = []
  for (const folder of new Set(folders.map((each) => resolve(each)))) {
    const here = names.map((each) => join(folder, each)).filter(isFile)
    if (here.length > 1) {
      throw new DeserializationError(
        `'${label}' could be ${here.map((path) => basename(path)).join(' or ')} in ${folder}: give the whole name.`,
      )
    }
    if (here[0] !== undefined) found.push(fixtureFile(here[0], search.onRead))
  }
  if (found.length > 0) return found
  throw notFound(label, folders)
}

interface LabelParts {
  readonly name: string
  readonly formats: readonly SerializationFormat[]
  readonly compressed: readonly string[]
}

function partsOf(label: string): LabelParts {
  const compression = compressionOf(label)
  const plain = compression === '' ? label : label.slice(0, -compression.length)
  const format = extname(plain).slice(1)
  const isFormat = (serializationFormats as readonly string[]).includes(format)
  if (isFormat) {
    // `posts.json` is that file; `posts` may be compressed.
    return { name: plain.slice(0, -format.length - 1), formats: [format as never], compressed: [compression] }
  }
  return {
    name: plain,
    formats: serializationFormats,
    compressed: compression === '' ? ['', ...compressions] : [compression],
  }
}

function isFile(path: string): boolean {
  return existsSync(path) && !statSync(path).isDirectory()
}

function fixtureFile(path: string, onRead: FixtureSearch['onRead']): FixtureFile {
  const { formats } = partsOf(path)
  return { path, name: path, format: formats[0]!, size: statSync(path).size, open: () => openFile(path, onRead) }
}

function openFile(path: string, onRead: FixtureSearch['onRead']): AsyncIterable<Uint8Array> {
  const file: Readable = createReadStream(path)
  if (onRead) file.on('data', (bytes) => onRead(bytes.length))
  const undo = decompressor(path)
  if (undo === undefined) return file
  // What goes wrong on the way is an error of what is read from.
  pipeline(file, undo, () => {})
  return readable(undo, path)
}

async function* readable(stream: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* stream
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DeserializationError(`${path} cannot be decompressed: ${reason}.`, { cause: error })
  }
}

function notFound(label: string, folders: readonly string[]): DeserializationError {
  const there = folders.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder))
  const ending = /\.jsonl?(?:\.gz|\.zst)?$/
  const files = there.filter((name) => ending.test(name))
  const stems = files.map((name) => name.replace(ending, ''))
  const close = didYouMean(basename(label), [...new Set(ending.test(label) ? files : stems)])
  const unknown = /\.(?:xml|ya?ml)$/i.test(label) ? ' Formats are json and jsonl.' : ''
  return new DeserializationError(
    `There is no fixture '${label}'.${close}${unknown} Looked in: ${[...new Set(folders)].join(', ')}.`,
  )
}
