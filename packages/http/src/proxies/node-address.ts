import { isIP } from 'node:net'

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i
const withPort = /^(?:\[([^\]]*)\](?::\d{1,5})?|(\d+\.\d+\.\d+\.\d+):\d{1,5})$/

/** An IP address in its plain form: an IPv4 address that came as IPv6 is IPv4 again; `undefined` for what is no address. */
export function plainAddress(text: string): string | undefined {
  const address = mapped.exec(text)?.[1] ?? text
  return isIP(address) === 0 || address.includes('%') ? undefined : address.toLowerCase()
}

/** The address of a hop as proxies write it, with or without a port: `192.0.2.1:5000`, `[2001:db8::1]:80`, `2001:db8::1`. */
export function addressOfNode(node: string): string | undefined {
  const match = withPort.exec(node)
  if (match === null) return plainAddress(node)
  const address = match[1] === undefined ? match[2]! : match[1]
  return match[1] !== undefined && isIP(address) !== 6 ? undefined : plainAddress(address)
}
