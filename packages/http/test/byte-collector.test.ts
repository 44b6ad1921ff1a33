import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteCollector } from '../src/byte-collector.ts'

it('gives back what it got, in few pieces', () => {
  const size = fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 3000 }), fc.constantFrom(2047, 2048, 16_384, 20_000))
  fc.assert(
    fc.property(fc.array(size, { maxLength: 60 }), (sizes) => {
      const collector = new ByteCollector()
      const chunks = sizes.map((length, index) => Buffer.alloc(length, index + 1))
      for (const [index, chunk] of chunks.entries()) {
        collector.push(chunk)
        // to be asked on the way changes nothing
        if (index % 7 === 0) collector.chunks()
      }
      const whole = Buffer.concat(chunks)
      expect(collector.size).toBe(whole.length)
      expect(Buffer.compare(collector.bytes(), whole)).toBe(0)
      expect(Buffer.compare(Buffer.concat(collector.chunks()), whole)).toBe(0)
    }),
  )
  const byByte = new ByteCollector()
  for (let sent = 0; sent < 100_000; sent += 1) byByte.push(Buffer.of(sent))
  expect(byByte.chunks().length).toBeLessThan(20)
})
