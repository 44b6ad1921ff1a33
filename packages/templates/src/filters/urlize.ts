import { escapeHtml, markSafe, SafeString } from '../safe-string.ts'
import { textOf } from './filter-text.ts'

const webAddress = /^(?:https?:\/\/\S|www\.\S)/i
const bareDomain = /^[a-z0-9][a-z0-9.-]*\.(?:com|edu|gov|int|mil|net|org)(?:$|[/?#:])/i
const mailAddress = /^[\w.!#$%&'*+\-/=?^`{|}~]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i
const trailing = /[.,:;!]+$/
const pairs = [
  ['(', ')'],
  ['[', ']'],
] as const

/** Longer words are no addresses; Django's `MAX_URL_LENGTH`. */
const addressLimit = 2048

/** Addresses in text as links, everything else escaped unless it was safe. Link texts are cut to `limit` characters. */
export function urlize(value: unknown, limit = Number.POSITIVE_INFINITY): SafeString {
  const isSafe = value instanceof SafeString
  const parts = textOf(value).split(/([\s<>"']+)/)
  return markSafe(
    parts.map((part) => (/[.@]/.test(part) ? linked(part, isSafe, limit) : encode(part, isSafe))).join(''),
  )
}

function linked(part: string, isSafe: boolean, limit: number): string {
  if (part.length > addressLimit) return encode(part, isSafe)
  const { before, middle, after } = trimmed(part)
  const target = isSafe ? unescapeHtml(middle) : middle
  const href = addressOf(target)
  if (href === undefined) return encode(part, isSafe)
  const rel = href.startsWith('mailto:') ? '' : ' rel="nofollow"'
  const text = target.length > limit ? `${target.slice(0, Math.max(0, limit - 1))}…` : target
  return `${encode(before, isSafe)}<a href="${escapeHtml(href)}"${rel}>${escapeHtml(text)}</a>${encode(after, isSafe)}`
}

function addressOf(text: string): string | undefined {
  if (mailAddress.test(text)) return `mailto:${text}`
  const url =
    webAddress.test(text) || bareDomain.test(text) ? (/^https?:/i.test(text) ? text : `https://${text}`) : undefined
  return url !== undefined && URL.canParse(url) ? encodeURI(decoded(url)) : undefined
}

/** So that what is percent-encoded already is not encoded twice. */
function decoded(url: string): string {
  try {
    return decodeURI(url)
  } catch {
    return url
  }
}

/** Splits off brackets around an address, and punctuation after it that belongs to the sentence. */
function trimmed(part: string): { before: string; middle: string; after: string } {
  let [before, middle, after] = ['', part, '']
  for (let length = -1; length !== middle.length; ) {
    length = middle.length
    const punctuation = trailing.exec(middle)?.[0] ?? ''
    middle = middle.slice(0, middle.length - punctuation.length)
    after = punctuation + after
    for (const [open, close] of pairs) {
      if (middle.startsWith(open)) {
        before += open
        middle = middle.slice(1)
      }
      if (middle.endsWith(close) && count(middle, close) > count(middle, open)) {
        after = close + after
        middle = middle.slice(0, -1)
      }
    }
  }
  return { before, middle, after }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

function encode(text: string, isSafe: boolean): string {
  return isSafe ? text : escapeHtml(text)
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
  '&#39;': "'",
  '&amp;': '&',
}

function unescapeHtml(text: string): string {
  return text.replace(/&(?:lt|gt|quot|#x27|#39|amp);/g, (entity) => entities[entity]!)
}
