/** What is written with a vowel in front and said with a consonant. */
const saidWithConsonant = /^(?:eu|one\b|once|uni|ur[il]|us[aei]|ut[ie]|uu|url|uid)/i

/** `'an email'`, `'a username'`: a word behind its article, as messages of errors say it. */
export function withArticle(word: string): string {
  const isVowel = /^[aeiou]/i.test(word) && !saidWithConsonant.test(word)
  return `${isVowel ? 'an' : 'a'} ${word}`
}
