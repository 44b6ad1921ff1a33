import type { CorsSettings } from '../settings/settings.ts'

const origin = /^[a-z][a-z0-9+.-]*:\/\/(\*\.)?([a-z0-9.-]+|\[[a-f0-9:.]+\])(:\d{1,5})?$/i
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** What is wrong with the section `cors`, whose form is right. */
export function corsProblems(cors: CorsSettings): string[] {
  const problems = cors.origins
    .filter((entry) => entry !== '*' && !origin.test(entry))
    .map(
      (entry) =>
        `cors.origins holds '${entry}'; it takes origins, each with its scheme and without a path ('https://app.example.com', 'https://*.example.com'), or '*'.`,
    )
  for (const key of ['methods', 'headers', 'exposeHeaders'] as const) {
    problems.push(
      ...cors[key]
        .filter((entry) => !token.test(entry))
        .map((entry) => `cors.${key} holds '${entry}', which is no name.`),
    )
    if (cors.credentials && cors[key].includes('*')) {
      problems.push(`cors.${key} holds '*', which browsers take as a name where cors.credentials is on. Name them.`)
    }
  }
  if (cors.credentials && cors.origins.includes('*')) {
    problems.push(
      "cors.origins holds '*' and cors.credentials is on: any page could read what a visitor's cookies open. Name the origins.",
    )
  }
  return problems
}
