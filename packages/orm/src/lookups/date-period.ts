/** What `dates` counts in. Weeks begin on Mondays. */
export type DatePeriod = 'year' | 'month' | 'week' | 'day'
