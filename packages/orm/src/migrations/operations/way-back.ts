/** What an operation may be given beside its way forward, either of which may be left out. */
export interface WayBack<Backward, Options> {
  readonly backward: Backward | undefined
  readonly options: Options
}

/** Tells the way back from the options, which are a plain object where the other is none. */
export function wayBack<Backward, Options extends object>(
  rest: readonly (Backward | Options | undefined)[],
): WayBack<Backward, Options | Record<string, never>> {
  const isOptions = (value: Backward | Options | undefined): value is Options =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  const [first, second] = rest
  if (isOptions(first)) return { backward: undefined, options: first }
  return { backward: first, options: isOptions(second) ? second : {} }
}

/** The arguments as they were given, without those at the end that say nothing. */
export function givenArguments(args: readonly unknown[]): readonly unknown[] {
  return args.slice(0, args.findLastIndex((value) => value !== undefined) + 1)
}
