/** The placeholders of a route string, in order: `['int:year', 'slug']` for `'<int:year>/<slug>/'`. */
type Placeholders<Route extends string> = Route extends `${string}<${infer Placeholder}>${infer Rest}`
  ? [Placeholder, ...Placeholders<Rest>]
  : []

type NameOf<Placeholder> = Placeholder extends `${string}:${infer Name}` ? Name : Placeholder & string

type ConverterOf<Placeholder> = Placeholder extends `${infer Converter}:${string}` ? Converter : 'str'

type ValueOf<Placeholder, Types> = ConverterOf<Placeholder> extends infer Name extends keyof Types ? Types[Name] : never

/** The parameters of a route by name: `{ year: number; slug: string }`. `Types` maps converter names to value types. */
export type RouteParams<Route extends string, Types> = {
  [Placeholder in Placeholders<Route>[number] as NameOf<Placeholder>]: ValueOf<Placeholder, Types>
}

/** The parameters of a route in order: `[number, string]`. */
export type RouteArgs<Route extends string, Types> = ArgsOf<Placeholders<Route>, Types>

type ArgsOf<List extends unknown[], Types> = { [Index in keyof List]: ValueOf<List[Index], Types> }

type UnknownConverter<Route extends string, Types> = Exclude<ConverterOf<Placeholders<Route>[number]>, keyof Types>

/** `Route` itself, or the complaint that the compiler shows instead of it. */
export type CheckedRoute<Route extends string, Types> = [UnknownConverter<Route, Types>] extends [never]
  ? Route
  : `'${Route}': no converter named '${UnknownConverter<Route, Types> & string}'`

type GroupNames<Source extends string> = Source extends `${string}(?<${infer Rest}`
  ? Rest extends `${infer Name}>${infer After}`
    ? Name extends `=${string}` | `!${string}`
      ? GroupNames<Rest>
      : Name | GroupNames<After>
    : never
  : never

/** Whether some group of a regular expression may stay without a match, as far as its text tells. */
type HasOptional<Source extends string> = Source extends `${string}${')?' | ')*' | '){0' | '|'}${string}` ? true : false

type GroupValue<Source extends string> = HasOptional<Source> extends true ? string | undefined : string

/** What a regular expression, given as a string, hands to a view: its named groups, else the array of all groups. */
export type RegexParams<Source extends string> = [GroupNames<Source>] extends [never]
  ? readonly GroupValue<Source>[]
  : HasOptional<Source> extends true
    ? { [Name in GroupNames<Source>]?: string }
    : { [Name in GroupNames<Source>]: string }
