import { createHash } from 'node:crypto'
import { type HttpRequest, TooManyRequests } from '@nuages/http'
import { RateLimiter } from '@nuages/ratelimit'
import { guessingClient } from '../login/guessing-client.ts'

type Rate = string | false

/** Throws `TooManyRequests` where a client asks for more than the rate allows. */
export async function limitClient(request: HttpRequest, purpose: string, rate: Rate): Promise<void> {
  const client = guessingClient(request)
  if (rate === false || client === undefined) return
  const { allowed, retryAfter } = await new RateLimiter({ scope: `auth:${purpose}:client`, rate }).hit(client)
  if (allowed) return
  throw new TooManyRequests(`${client} has asked for too much (${purpose}, ${rate}).`, { retryAfter })
}

/** Throws `TooManyRequests` where something is done about one account, by whomever, more often than the rate allows. */
export async function limitAccount(user: { readonly pk: unknown }, purpose: string, rate: Rate): Promise<void> {
  if (rate === false) return
  const { allowed, retryAfter } = await new RateLimiter({ scope: `auth:${purpose}:account`, rate }).hit(String(user.pk))
  if (allowed) return
  throw new TooManyRequests(`Too much was tried with one account (${purpose}, ${rate}).`, { retryAfter })
}

/** Whether one more mail may go to an address, whoever asks: nobody is to be flooded by way of this site. */
export async function limitAddress(address: string, purpose: string, rate: Rate): Promise<boolean> {
  if (rate === false) return true
  // Addresses are nothing that a cache needs to know.
  const key = createHash('sha256').update(address.normalize('NFKC').toLowerCase()).digest('base64url')
  return (await new RateLimiter({ scope: `auth:${purpose}:address`, rate }).hit(key)).allowed
}
