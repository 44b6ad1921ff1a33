import { randomBytes, randomUUID } from 'node:crypto'
import type { FunctionHost } from './function-host.ts'

/** A UUID of version 7: 48 bits of milliseconds, then chance. */
function uuid7(): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(Date.now(), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex')
}

/** UUIDs as columns hold them: without hyphens. */
export function registerUuidFunctions(host: FunctionHost): void {
  host.function('nuages_uuid4', { deterministic: false }, () => randomUUID().replaceAll('-', ''))
  host.function('nuages_uuid7', { deterministic: false }, uuid7)
}
