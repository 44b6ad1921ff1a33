export interface RelatedManager<M> {
  readonly model: M
}
