import { hash } from 'node:crypto'

/** A strong entity tag of some content: two contents have the same tag only if they are the same. */
export function entityTag(content: string | Uint8Array): string {
  return `"${hash('sha1', content, 'base64')}"`
}

const tags = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g

/** The tags of an `If-Match` or `If-None-Match` header, or `'*'`. What is no entity tag is passed over. */
export function parseEntityTags(header: string): readonly string[] | '*' {
  return header.trim() === '*' ? '*' : (header.match(tags) ?? [])
}

/** Whether both are strong and the same (RFC 9110 §8.8.3.2). */
export function matchesStrongly(one: string, other: string): boolean {
  return one === other && !one.startsWith('W/')
}

/** Whether both are the same but for being weak. */
export function matchesWeakly(one: string, other: string): boolean {
  return withoutWeak(one) === withoutWeak(other)
}

function withoutWeak(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag
}
