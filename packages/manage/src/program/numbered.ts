/** `'1 row'`, `'2 rows'` */
export function numbered(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word}s`}`
}
