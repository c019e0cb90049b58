import mongoose, { Schema } from 'mongoose';

/** A message 消息 on its way to another machine: a text message for a gateway, or an event for a webhook. */
export interface Delivery {
  /** The key under which it was asked for, and the address: asked for twice, it is one message. */
  _id: string;
  channel: 'sms' | 'webhook';
  url: string;
  /** What is sent, word for word; gone when it has arrived. */
  body?: string;
  state: 'queued' | 'sent' | 'failed';
  attempts: number;
  /** HTTP status, or kind of error, of the last try. */
  lastAnswer: string;
  createdAt: Date;
}

const schema = new Schema<Delivery>(
  {
    _id: String,
    channel: String,
    url: String,
    body: String,
    state: String,
    attempts: Number,
    lastAnswer: String,
    createdAt: Date,
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
schema.index({ createdAt: 1 }, { expireAfterSeconds: 90 * 86_400 });
export const DeliveryModel = mongoose.model('Delivery', schema, 'deliveries');
