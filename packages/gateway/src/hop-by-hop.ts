const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'trailers',
  'transfer-encoding',
  'upgrade',
])
const lengths = new Set([...hopByHop].map((name) => name.length))

/** Whether a header says how one connection works (RFC 2616 §13.5.1), which is the server's to say. */
export function isHopByHop(name: string): boolean {
  // The length rules out most names without making a lower-case copy of them.
  return lengths.has(name.length) && hopByHop.has(name.toLowerCase())
}
