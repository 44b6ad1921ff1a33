/** The links in the text of a mail. */
export function linksIn({ text }: { readonly text: string }): string[] {
  return text.match(/https?:\/\/\S+/g) ?? []
}
