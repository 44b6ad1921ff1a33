import { isIP } from 'node:net'
import type { SqlValue } from '../backends/database.ts'
import {
  type Decoder,
  Field,
  type FieldOptions,
  type IsKey,
  type IsOptional,
  type OnlyKnown,
  type ValueOf,
  type Vendor,
} from './field.ts'

export interface IpAddressOptions extends FieldOptions<string> {
  /** Which addresses are accepted; both unless told. */
  readonly protocol?: 'both' | 'ipv4' | 'ipv6'
  /** Makes `::ffff:192.0.2.1` the address of version 4 that it holds. Only where both are accepted. */
  readonly unpackIpv4?: boolean
}

const expected = { both: 'an IP address', ipv4: 'an IPv4 address', ipv6: 'an IPv6 address' }

/** An IP address of version 4 or 6, in its shortest form. Django's `GenericIPAddressField`. */
export class IpAddressField extends Field {
  readonly kind = 'ipAddress'
  readonly factory = 'ipAddress'
  readonly protocol: 'both' | 'ipv4' | 'ipv6'
  readonly unpackIpv4: boolean

  constructor(options: IpAddressOptions) {
    super('ipAddress', options, ['protocol', 'unpackIpv4'])
    this.protocol = options.protocol ?? 'both'
    this.unpackIpv4 = options.unpackIpv4 ?? false
  }

  columnType(vendor: Vendor): string {
    return vendor === 'postgresql' ? 'inet' : 'char(39)'
  }

  protected encode(value: unknown): SqlValue {
    const text = typeof value === 'string' ? value.trim() : ''
    const version = isIP(text)
    const wanted = { both: version !== 0, ipv4: version === 4, ipv6: version === 6 }[this.protocol]
    // A zone, as in fe80::1%eth0, is of one machine alone.
    if (!wanted || text.includes('%')) return this.refuse(value, expected[this.protocol])
    return version === 4 ? text : shortest(text, this.unpackIpv4)
  }

  /** PostgreSQL shows how many bits are the network's, where a column was filled with networks. */
  override decoder(): Decoder {
    return (raw) => String(raw).replace(/\/(?:32|128)$/, '')
  }

  override parse(value: unknown): unknown {
    return this.toSql(value)
  }
}

/** An address of version 6 in its canonical form. */
function shortest(address: string, unpackIpv4: boolean): string {
  // Of all that reads addresses here, a URL alone writes them so.
  const short = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(short) ?? []
  if (high === undefined || low === undefined) return short
  const bits = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16)
  const packed = [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.')
  return unpackIpv4 ? packed : `::ffff:${packed}`
}

/** An IP address, as text; of version 6 in its shortest form. */
export function ipAddress<const O extends IpAddressOptions = {}>(
  options?: O & OnlyKnown<O, IpAddressOptions>,
): Field<ValueOf<string, O>, IsOptional<O>, IsKey<O>> {
  return new IpAddressField(options ?? {}) as never
}
