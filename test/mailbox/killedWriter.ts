// A process that takes a letter in and is killed on the way. Arguments: the database, before what it is killed ('letter':
// who wrote is sealed, the letter not yet there; 'files': the letter is there, its files have no place), who writes, what.
import mongoose from 'mongoose';
import { config } from '../../src/config.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { submitLetter } from '../../src/mailbox/index.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import { connectionOptions } from '../../src/platform/database/connection.ts';
import { loadSettings } from '../../src/platform/settings.ts';
import { UploadModel } from '../../src/platform/uploads/uploadModel.ts';

const [dbName = '', before, writer = '', letter = ''] = process.argv.slice(2);
await mongoose.connect(config.mongodbUri ?? '', { ...connectionOptions, dbName });
await loadSettings();

const die = () => process.kill(process.pid, 'SIGKILL') as never;
if (before === 'letter') LetterModel.collection.insertMany = die;
else UploadModel.updateOne = die;
await submitLetter(JSON.parse(writer) as Actor, JSON.parse(letter) as Record<string, unknown>);
