import { escapeHtml, markSafe, SafeString } from '../safe-string.ts'
import { textOf } from './filter-text.ts'

const webAddress = /^(?:https?:\/\/\S|www\.\S)/i
const bareDomain = /^[a-z0-9][a-z0-9.-]*\.(?:com|edu|gov|int|mil|net|org)(?:$|[/?#:])/i
const mailAddress = /^[\w.!#$%&'*+\-/=?^`{|}~]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i
const punctuation = '.,:;!'
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
  const unopened = pairs.map(([open, close]) => count(part, close) - count(part, open))
  let [start, end] = [0, part.length]
  for (let length = -1; length !== end - start; ) {
    length = end - start
    while (end > start && punctuation.includes(part.charAt(end - 1))) end -= 1
    for (const [index, [open, close]] of pairs.entries()) {
      if (start < end && part.charAt(start) === open) {
        start += 1
        unopened[index]! += 1
      }
      if (start < end && part.charAt(end - 1) === close && unopened[index]! > 0) {
        end -= 1
        unopened[index]! -= 1
      }
    }
  }
  return { before: part.slice(0, start), middle: part.slice(start, end), after: part.slice(end) }
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
