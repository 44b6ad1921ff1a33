/** The clouds an author may choose from, each a drawing in `static/blog/skies/`: value and label. */
export const clouds = [
  ['clear', 'Clear sky'],
  ['cirrus', 'Cirrus'],
  ['cumulus', 'Cumulus'],
  ['mackerel', 'Mackerel sky'],
  ['nimbus', 'Rain cloud'],
  ['snow', 'Snow cloud'],
  ['stratus', 'Stratus'],
] as const

export type Cloud = (typeof clouds)[number][0]

export function isCloud(value: string): value is Cloud {
  return clouds.some(([name]) => name === value)
}
