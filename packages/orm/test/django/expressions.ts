import { node, type Recorded } from './neutral.ts'

type Make = (...args: readonly unknown[]) => Recorded

const make =
  (name: string): Make =>
  (...args) =>
    node(name, ...args)

export const Q: Make = make('Q')
export const F: Make = make('F')
export const Value: Make = make('Value')
export const Count: Make = make('Count')
export const Sum: Make = make('Sum')
export const Avg: Make = make('Avg')
export const Min: Make = make('Min')
export const Max: Make = make('Max')
