import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cloud, isCloud } from '../clouds.ts'

/** A post as a file of `blog/demo/posts/` has it. */
export interface DemoPost {
  readonly slug: string
  readonly title: string
  readonly author: string
  readonly tags: readonly string[]
  readonly cloud: Cloud
  readonly summary: string
  readonly body: string
  readonly isDraft: boolean
  readonly publishedAt: Temporal.Instant | null
}

/** Reads every post. A file is named by date and slug, and starts with `key: value` lines between two `---`. */
export async function readDemoPosts(): Promise<DemoPost[]> {
  const folder = join(import.meta.dirname, 'posts')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort()
  return Promise.all(files.map(async (file) => parseDemoPost(file, await readFile(join(folder, file), 'utf8'))))
}

function parseDemoPost(file: string, source: string): DemoPost {
  const [, head = '', body = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(source) ?? []
  const entries = new Map(head.split('\n').map((line) => splitOnce(line, ': ')))
  const field = (name: string): string => {
    const value = entries.get(name)
    if (value === undefined) throw new Error(`${file} has no '${name}' in its head.`)
    return value
  }
  const published = entries.get('published')
  const cloud = field('cloud')
  if (!isCloud(cloud)) throw new Error(`${file} has the cloud '${cloud}', which nobody has drawn.`)
  return {
    slug: file.replace(/^(\d{4}-\d{2}-\d{2}|draft)-|\.md$/g, ''),
    title: field('title'),
    author: field('author'),
    tags: field('tags').split(', '),
    cloud,
    summary: field('summary'),
    body: body.trim(),
    isDraft: entries.get('draft') === 'true',
    publishedAt: published === undefined ? null : Temporal.Instant.from(published),
  }
}

function splitOnce(line: string, separator: string): [string, string] {
  const at = line.indexOf(separator)
  return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + separator.length)]
}
