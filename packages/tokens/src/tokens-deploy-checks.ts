import type { CheckMessage } from '@nuages/foundation'
import { tokensPolicy } from './tokens-settings.ts'

/** What a site in production should have set otherwise. */
export function checkTokensDeployment(): readonly CheckMessage[] {
  const { requireHttps, failures, lifetime } = tokensPolicy()
  const messages: CheckMessage[] = []
  const add = (id: string, message: string, hint: string) =>
    messages.push({ level: 'warning', id, message, hint, object: 'tokens' })
  if (!requireHttps) {
    add(
      'tokens.W001',
      'tokens.requireHttps is off: tokens and passwords are taken that anybody on the way could read.',
      'Leave it out, or set it to true. Behind a proxy that ends HTTPS, name it in trustedProxies.',
    )
  }
  if (failures === false) {
    add(
      'tokens.W002',
      'tokens.failures is off: a client may try as many wrong tokens as it likes.',
      "Leave it out, or say how often: the rates are those of nuages/ratelimit, such as '30/m'.",
    )
  }
  if (lifetime === null) {
    add(
      'tokens.W003',
      'tokens.lifetime is null: a token that is not told when to expire works for whoever finds it, until somebody revokes it.',
      'Leave it out for 90 days, or say how many seconds.',
    )
  }
  return messages
}
