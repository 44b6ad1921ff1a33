import { extname } from 'node:path'
import type { Reference } from './reference.ts'

/** The text of a file that may refer to others, and where it does. */
export interface ReferringText {
  readonly text: string
  readonly references: readonly Reference[]
  /** The bytes of another text in the file's own encoding. */
  encode(text: string): Buffer
  /** Why the references could not be read, if they could not. */
  readonly problem?: string
}

/** Loaded with the first file: a server that collects nothing needs no lexers. */
const readers: Readonly<Record<string, (text: string) => Promise<Reference[]>>> = {
  '.css': async (text) => (await import('./css-references.ts')).cssReferences(text),
  '.js': readScript,
  '.mjs': readScript,
}

async function readScript(text: string): Promise<Reference[]> {
  return (await import('./js-references.ts')).jsReferences(text)
}

/** Whether files of that name are looked into. */
export function mayRefer(path: string): boolean {
  return extname(path).toLowerCase() in readers
}

/** The references in a style sheet or a script. */
export async function readReferences(path: string, bytes: Uint8Array): Promise<ReferringText> {
  const { text, encode } = decode(bytes)
  try {
    return { text, encode, references: await readers[extname(path).toLowerCase()]!(text) }
  } catch (error) {
    return { text, encode, references: [], problem: (error as Error).message }
  }
}

/** As UTF-8; an older encoding byte by byte, so that what is not replaced stays as it was. */
function decode(bytes: Uint8Array): Pick<ReferringText, 'text' | 'encode'> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { text, encode: (changed) => Buffer.from(changed, 'utf8') }
  } catch {
    return { text: Buffer.from(bytes).toString('latin1'), encode: (changed) => Buffer.from(changed, 'latin1') }
  }
}
