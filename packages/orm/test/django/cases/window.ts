import {
  Avg,
  Count,
  CumeDist,
  DenseRank,
  F,
  FirstValue,
  Lag,
  LastValue,
  Lead,
  Max,
  Min,
  NthValue,
  Ntile,
  PercentRank,
  Rank,
  RowNumber,
  Sum,
  Window,
} from '../expressions.ts'
import { Book, Review, Sale } from '../neutral.ts'
import type { Cases } from './case.ts'

export const windows: Cases = {
  RowNumber: Sale.annotate({ x: Window(RowNumber(), { orderBy: ['day', 'id'] }) }),
  'RowNumber of a partition': Sale.annotate({
    x: Window(RowNumber(), { partitionBy: 'book', orderBy: ['day', 'id'] }),
  }),
  Rank: Sale.annotate({ x: Window(Rank(), { orderBy: 'quantity' }) }),
  'Rank, descending': Sale.annotate({ x: Window(Rank(), { orderBy: F('quantity').desc() }) }),
  DenseRank: Sale.annotate({ x: Window(DenseRank(), { orderBy: 'quantity' }) }),
  PercentRank: Sale.annotate({ x: Window(PercentRank(), { orderBy: 'quantity' }) }),
  CumeDist: Sale.annotate({ x: Window(CumeDist(), { orderBy: 'quantity' }) }),
  Ntile: Sale.annotate({ x: Window(Ntile(4), { orderBy: ['day', 'id'] }) }),
  Lag: Sale.annotate({ x: Window(Lag('quantity'), { partitionBy: 'book', orderBy: ['day', 'id'] }) }),
  'Lag by two, with something for nothing': Sale.annotate({ x: Window(Lag('quantity', 2, 0), { orderBy: 'id' }) }),
  Lead: Sale.annotate({ x: Window(Lead('day'), { orderBy: 'id' }) }),
  FirstValue: Sale.annotate({ x: Window(FirstValue('amount'), { partitionBy: 'book', orderBy: ['day', 'id'] }) }),
  LastValue: Sale.annotate({ x: Window(LastValue('amount'), { partitionBy: 'book', orderBy: ['day', 'id'] }) }),
  NthValue: Sale.annotate({ x: Window(NthValue('quantity', 2), { partitionBy: 'book', orderBy: ['day', 'id'] }) }),
  'a running sum': Sale.annotate({ x: Window(Sum('quantity'), { partitionBy: 'book', orderBy: ['day', 'id'] }) }),
  'a sum of the partition': Sale.annotate({ x: Window(Sum('amount'), { partitionBy: 'book' }) }),
  'a mean of everything': Sale.annotate({ x: Window(Avg('quantity')) }),
  'count, least and most': Sale.annotate({
    n: Window(Count('id'), { partitionBy: 'book' }),
    least: Window(Min('day'), { partitionBy: 'book' }),
    most: Window(Max('amount'), { partitionBy: 'book' }),
  }),
  'a frame of rows to here': Sale.annotate({
    x: Window(Sum('quantity'), { orderBy: 'id', frame: { type: 'rows', end: 0 } }),
  }),
  'a frame of rows around': Sale.annotate({
    x: Window(Avg('quantity'), { orderBy: 'id', frame: { type: 'rows', start: -2, end: 2 } }),
  }),
  'a frame of rows from here': Sale.annotate({
    x: Window(Sum('quantity'), { orderBy: 'id', frame: { type: 'rows', start: 0 } }),
  }),
  'a frame of values': Sale.annotate({
    x: Window(Sum('quantity'), { orderBy: 'quantity', frame: { type: 'range', end: 0 } }),
  }),
  'a partition by two': Sale.annotate({ x: Window(Count('id'), { partitionBy: ['book', 'quantity'] }) }),
  'a partition over a relation': Sale.annotate({ x: Window(Sum('amount'), { partitionBy: 'book__author' }) }),
  'a partition by an expression': Sale.annotate({ x: Window(Count('id'), { partitionBy: F('quantity').modulo(2) }) }),
  'ordered by': Sale.annotate({ x: Window(Rank(), { orderBy: '-amount' }) }).orderBy('x', 'id'),
  'after a filter': Sale.filter({ quantity__gt: 4 }).annotate({ x: Window(RowNumber(), { orderBy: 'id' }) }),
  sliced: Sale.annotate({ x: Window(RowNumber(), { orderBy: '-id' }) })
    .orderBy('-id')
    .slice(0, 5),
  'in arithmetic': Sale.annotate({ x: Window(Sum('quantity'), { partitionBy: 'book' }).subtract(F('quantity')) }),
  'as values': Sale.annotate({ x: Window(RowNumber(), { orderBy: 'id' }) })
    .orderBy('id')
    .values('id', 'x'),
  'of a nullable column': Book.annotate({ x: Window(Sum('pages'), { partitionBy: 'author', orderBy: 'id' }) }),
  counted: Review.annotate({ x: Window(Rank(), { orderBy: 'stars' }) }).count(),
}
