import { describe, expect, it } from '@jest/globals';
import { Schema, model } from 'mongoose';
import { newId } from '../../src/kernel/id.ts';
import { isDuplicate } from '../../src/platform/database/errors.ts';
import { useDatabase } from '../support/database.ts';

const Card = model(
  'BatteryCard',
  new Schema(
    { _id: String, name: { type: String, unique: true }, votes: { type: Number, default: 0 } },
    { autoIndex: false, autoCreate: false },
  ),
);
useDatabase([Card]);

describe('the database', () => {
  it('keeps a unique value once', async () => {
    await Card.create({ _id: newId(), name: 'one' });
    const error = await Card.create({ _id: newId(), name: 'one' }).catch((thrown: unknown) => thrown);
    expect(isDuplicate(error)).toBe(true);
    expect(isDuplicate(error, 'name')).toBe(true);
    expect(isDuplicate(error, 'votes')).toBe(false);
  });
});
