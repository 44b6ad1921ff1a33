import { holdsToken, logger, type Settings, settings, TemplateTagError } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import type { BlockTagAnswer, TemplateBlockTag } from '@nuages/templates'
import type { Cache } from '../cache-contract.ts'
import { cachePolicy } from '../cache-settings.ts'
import { caches } from '../caches.ts'
import type { Timeout } from '../timeout.ts'
import { makeTemplateFragmentKey } from './fragment-key.ts'

/**
 * `{% cache 300 'sidebar' user.id %} … {% endcache %}`: what is inside is kept under the name and the values after it, for so
 * many seconds (`none`: for ever); `using='alias'` names a cache. Django's.
 */
export const cacheTag: TemplateBlockTag = async (context, args, named): Promise<BlockTagAnswer> => {
  const [timeout, name, ...varyOn] = args
  const { using, ...others } = named
  if (!isTimeout(timeout) || typeof name !== 'string' || Object.keys(others).length > 0)
    throw misused(timeout, name, others)
  const key = makeTemplateFragmentKey(name, varyOn)
  const cache = cacheOf(using)
  const kept = await cache.get(key)
  if (typeof kept === 'string') return { html: kept }
  return {
    keep: async (html) => {
      const secret = secretIn(html, context['request'] as HttpRequest | undefined)
      if (secret === undefined) await cache.set(key, html, { timeout })
      else refuse(name, secret)
    },
  }
}

function cacheOf(using: unknown): Cache {
  if (typeof using === 'string') return caches.get(using)
  const { fragmentAlias } = cachePolicy()
  return caches.get(caches.aliases().includes(fragmentAlias) ? fragmentAlias : 'default')
}

function isTimeout(value: unknown): value is Timeout {
  return value === null || typeof value === 'number' || value instanceof Temporal.Duration
}

/** What stands in a fragment that no other visitor may be sent. */
function secretIn(html: string, request: HttpRequest | undefined): string | undefined {
  if (request === undefined) return undefined
  if (holdsToken(request, html)) return 'a CSRF token'
  const nonce = request.usedCspNonce
  return nonce !== undefined && html.includes(nonce) ? 'the nonce of the Content-Security-Policy' : undefined
}

function refuse(name: string, secret: string): void {
  const message = `{% cache %} of '${name}' holds ${secret}, which is one visitor's alone: it is not kept.`
  if ((settings as Settings).debug) {
    throw new TemplateTagError(message, { hint: 'End the tag before it, and begin another one after it.' })
  }
  logger.warn(message)
}

function misused(timeout: unknown, name: unknown, others: Readonly<Record<string, unknown>>): TemplateTagError {
  const [unknown] = Object.keys(others)
  const what =
    unknown !== undefined
      ? `takes no '${unknown}='`
      : isTimeout(timeout)
        ? `takes a name after its seconds, not ${described(name)}`
        : `takes seconds first, not ${described(timeout)}`
  return new TemplateTagError(`{% cache %} ${what}.`, {
    hint: "Write {% cache 300 'sidebar' user.id %}: seconds or none, a name, and what the content depends on.",
  })
}

function described(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : typeof value
}
