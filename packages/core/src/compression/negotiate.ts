import { preferredEncoding, refusesIdentity } from '@nuages/http'
import { type CodingName, type ContentCoding, contentCodings } from './content-codings.ts'

/** What a client takes. */
export interface Wanted {
  /** The coding it wants most, where it wants any of ours more than the plain content. */
  readonly coding: readonly [name: CodingName, coding: ContentCoding] | undefined
  /** Whether it takes nothing that is not compressed. */
  readonly refusesIdentity: boolean
}

const nothing: Wanted = { coding: undefined, refusesIdentity: false }
const offered = [...(Object.keys(contentCodings) as CodingName[]), 'identity'] as const
const remembered = new Map<string, Wanted>()
const maxRemembered = 200

/** What an `Accept-Encoding` header asks for. Browsers send few different ones, which are read once. */
export function wantedCoding(header: string | undefined): Wanted {
  if (header === undefined) return nothing
  let wanted = remembered.get(header)
  if (wanted === undefined) {
    const name = preferredEncoding(header, offered)
    const coding = name === undefined || name === 'identity' ? undefined : ([name, contentCodings[name]] as const)
    wanted = { coding, refusesIdentity: refusesIdentity(header) }
    if (remembered.size < maxRemembered && header.length <= 100) remembered.set(header, wanted)
  }
  return wanted
}
