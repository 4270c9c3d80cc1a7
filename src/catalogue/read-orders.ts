import type { Order } from '../stores/catalogue-contracts.ts';
import { normalizeCode } from '../text/normalize-code.ts';
import { ORDER_COLUMNS, type OrderField } from './column-names.ts';
import type { Reading, ReadOptions, TableSource } from './import-types.ts';
import type { MappedRecord } from './map-columns.ts';
import type { AmountContext } from './read-amount.ts';
import { readOrder } from './read-order.ts';
import { readRows, type RowKind } from './read-rows.ts';

/**
 * Orders of a CSV or JSON file. Many exports write one line for each item of an order, one after the other:
 * such lines become one order with all of them.
 * @throws table_* and cancelled, while the rows are read
 */
export function readOrders(source: TableSource, options: ReadOptions): Reading<Order> {
  let last: { order: Order; lined: boolean } | null = null;
  let continued = false;
  const make = (record: MappedRecord<OrderField>, context: AmountContext): Order => {
    const order = readOrder(record, context);
    const lined = record.fields.itemCode !== undefined || record.fields.itemName !== undefined;
    continued =
      lined && last?.lined === true && normalizeCode(last.order.number) === normalizeCode(order.number);
    if (continued && last !== null) order.items = [...last.order.items, ...order.items];
    last = { order, lined };
    return order;
  };
  const kind: RowKind<Order, OrderField> = {
    columns: ORDER_COLUMNS,
    needed: ['number', 'email', 'state', 'placedAt'],
    amount: 'total',
    make,
    keyOf: ({ number }) => number,
    continues: () => continued,
  };
  return readRows(source, kind, options);
}
