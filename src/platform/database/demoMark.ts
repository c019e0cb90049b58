import mongoose from 'mongoose';

interface Mark {
  _id: string;
}
const installation = () => mongoose.connection.collection<Mark>('installation');

/** Writes down that this database holds the demo city; before the first row of it, so that no half of it goes unseen. */
export async function markDemo(): Promise<void> {
  await installation().updateOne({ _id: 'demo' }, { $set: { _id: 'demo' } }, { upsert: true });
}

/** True when the demo city was ever put into this database. Production refuses such a one. */
export async function holdsDemo(): Promise<boolean> {
  return (await installation().findOne({ _id: 'demo' })) !== null;
}

/** True when there is anything else than the demo city: the demo must not be mixed into a real one. */
export async function holdsRealCity(): Promise<boolean> {
  if (await holdsDemo()) return false;
  const collections = await mongoose.connection.listCollections();
  for (const { name } of collections) {
    if (name.startsWith('system.')) continue;
    if ((await mongoose.connection.collection(name).findOne({}, { projection: { _id: 1 } })) !== null) return true;
  }
  return false;
}
