import { expect, test } from 'vitest'
import { Signal } from '../src/index.ts'

test('waits for its receivers, in the order they were connected', async () => {
  const signal = new Signal<string>('saved')
  const heard: string[] = []
  signal.connect(async (event) => {
    await Promise.resolve()
    heard.push(`first ${event}`)
  })
  signal.connect((event) => void heard.push(`second ${event}`))
  await signal.send('post')
  expect(heard).toEqual(['first post', 'second post'])
})

test('a receiver is connected once, and disconnects', async () => {
  const signal = new Signal<number>('saved')
  const heard: number[] = []
  const receiver = (event: number): void => void heard.push(event)
  signal.connect(receiver)
  const disconnect = signal.connect(receiver)
  await signal.send(1)
  disconnect()
  expect(signal.hasReceivers).toBe(false)
  await signal.send(2)
  expect(heard).toEqual([1])
})

test('a receiver may disconnect another while the signal is sent', async () => {
  const signal = new Signal<void>('saved')
  const heard: string[] = []
  const last = (): void => void heard.push('last')
  signal.connect(() => signal.disconnect(last))
  signal.connect(last)
  await signal.send()
  await signal.send()
  expect(heard).toEqual(['last'])
})

test('an error in a receiver reaches the sender', async () => {
  const signal = new Signal<void>('saved')
  signal.connect(() => {
    throw new Error('no')
  })
  await expect(signal.send()).rejects.toThrow('no')
})
