import { DefaultHeaders } from '@nuages/http'
import { fromSettings } from '../settings/active-settings.ts'
import type { CorsSettings } from '../settings/settings.ts'
import { OriginList } from './origin-list.ts'

/** What the settings say about pages of other origins, worked out once. */
export interface CorsPolicy {
  readonly origins: OriginList
  /** Whether every origin may read, so that answers need not differ by it. */
  readonly isOpen: boolean
  /** The headers of an answer that may be read, but for the one that names the origin. */
  readonly answer: DefaultHeaders
  /** Those of the answer to a preflight. */
  readonly preflight: DefaultHeaders
}

export const corsPolicy: () => CorsPolicy = fromSettings(({ cors }) => {
  const { origins, methods, headers, exposeHeaders, credentials, maxAge } = cors as CorsSettings
  const shared: [string, string][] = credentials ? [['Access-Control-Allow-Credentials', 'true']] : []
  const list = (name: string, values: readonly string[]): [string, string][] =>
    values.length === 0 ? [] : [[name, values.join(', ')]]
  return {
    origins: new OriginList(origins.filter((origin) => origin !== '*')),
    isOpen: origins.includes('*'),
    answer: new DefaultHeaders([...shared, ...list('Access-Control-Expose-Headers', exposeHeaders)]),
    preflight: new DefaultHeaders([
      ...shared,
      ...list('Access-Control-Allow-Methods', methods),
      ...list('Access-Control-Allow-Headers', headers),
      ['Access-Control-Max-Age', String(maxAge)],
    ]),
  }
})
