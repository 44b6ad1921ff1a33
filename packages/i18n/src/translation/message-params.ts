/** The names in braces of a message: `'name' | 'count'` of `'{name} has {count}'`. */
export type PlaceholderOf<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderOf<Rest>
  : never

/** What is put into a message: a value for each of its names. A message whose text is not known to the types takes any. */
export type MessageParams<Message extends string> = string extends Message
  ? Readonly<Record<string, unknown>>
  : { readonly [Name in PlaceholderOf<Message>]: unknown }

/**
 * Puts values in the place of their names in braces: `'Hello {name}'`. A name without a value stays as it is, and what a value
 * holds is not looked at again.
 */
export function fillMessage(message: string, params: Readonly<Record<string, unknown>> | undefined): string {
  if (params === undefined || !message.includes('{')) return message
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : placeholder,
  )
}
