import assert from 'node:assert/strict';
import { epochOrders } from '../../src/engines/epochOrders';

describe('epochOrders', () => {
  it('gives an epoch its own order, whichever were asked for before', () => {
    const inTurn = epochOrders(7, 20);
    const orders = [0, 1, 2, 3].map(inTurn);
    for (const order of orders) assert.deepEqual(order.slice().sort(), Int32Array.from(order.keys()));
    assert.equal(new Set(orders.map(String)).size, 4);
    const jumping = epochOrders(7, 20);
    for (const epoch of [2, 3, 0, 0, 3, 1]) assert.deepEqual(jumping(epoch), orders[epoch]);
    assert.notDeepEqual(epochOrders(8, 20)(0), orders[0]);
  });
});
