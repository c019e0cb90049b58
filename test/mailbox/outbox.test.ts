import { afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { setClock } from '../../src/kernel/time.ts';
import * as act from '../../src/mailbox/index.ts';
import { deliverWith } from '../../src/mailbox/afterChange.ts';
import { deliverOutbox } from '../../src/mailbox/deliver.ts';
import { deliverLeft, deliverLetters, sendFor } from '../../src/mailbox/jobs.ts';
import { TroubleModel } from '../../src/mailbox/troubleModel.ts';
import { deleteCitizen } from '../../src/identity/actions/deleteCitizen.ts';
import { forgetWritersJob } from '../../src/mailbox/forgetWriter.ts';
import { WriterModel } from '../../src/mailbox/writerModel.ts';
import { MailModel, openMail } from '../../src/notification/mailModel.ts';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { DepartmentModel } from '../../src/organization/departmentModel.ts';
import { forgetDepartments } from '../../src/organization/tree.ts';
import { declareJobs, enqueue, runDueJobs } from '../../src/platform/queue/queue.ts';
import { useDatabase } from '../support/database.ts';
import { guestActor, makeCitizen } from '../support/identity.ts';
import {
  letterIn,
  letterText,
  mailboxModels,
  makeOffice,
  stored,
  writeLetter,
  type Office,
  type Written,
} from '../support/mailbox.ts';

useDatabase(mailboxModels);
let office: Office;
const at = (text: string) => setClock(() => new Date(`${text}+08:00`));
beforeAll(async () => {
  office = await makeOffice();
  declareJobs([deliverLetters, deliverLeft]);
});
afterEach(() => {
  setClock();
  deliverWith(sendFor);
});
const mailsAbout = async (number: string) =>
  (await MailModel.find().lean()).map(openMail).filter(({ subject }) => subject?.includes(number));

it('a crash between the change and the mail: the mail still goes out, once', async () => {
  at('2026-11-18T10:00');
  // The process dies after the write: nothing is enqueued any more
  deliverWith(async () => {
    throw new Error('killed');
  });
  const { id, number } = await writeLetter();
  await act.declineLetter(office.clerk, { letterId: id, reason: '不属于本市政府职责范围' });
  expect(await mailsAbout(number)).toHaveLength(0);
  await enqueue(deliverLeft, {});
  await runDueJobs();
  expect((await mailsAbout(number)).map(({ subject }) => subject)).toHaveLength(2);
  expect(await stored(id)).toMatchObject({ outbox: [], outboxAt: null });
});

it('a crash between sending and noting it: not sent twice', async () => {
  at('2026-11-18T11:00');
  const { id, number } = await writeLetter();
  const { outbox, outboxAt } = await stored(id);
  await deliverOutbox(id);
  await act.LetterModel.collection.updateOne({ _id: id as never }, { $set: { outbox, outboxAt } });
  await deliverOutbox(id);
  expect(await mailsAbout(number)).toHaveLength(1);
});

it('a thousand letters that cannot be told about do not hold up the one after them', async () => {
  at('2026-11-18T11:30');
  deliverWith(async () => undefined);
  const [spoilt, good] = [await writeLetter(), await writeLetter()];
  const { outbox, ...letter } = await stored(spoilt.id);
  const outboxAt = new Date('2026-11-18T03:29:00Z');
  const copies = Array.from({ length: 1000 }, (_, index) => ({
    ...letter,
    _id: `spoilt${index}`,
    number: `2099-${String(index).padStart(6, '0')}`,
    formKeyHash: `spoilt${index}`,
    outbox: outbox.map((notice) => ({ ...notice, at: outboxAt })),
    outboxAt,
  }));
  const writers = copies.map(({ _id }) => ({ _id, sealed: 'torn' }));
  await act.LetterModel.collection.insertMany(copies as never[]);
  await WriterModel.collection.insertMany(writers as never[]);
  for (const minute of [31, 32]) {
    at(`2026-11-18T11:${minute}`);
    await enqueue(deliverLeft, {});
    await runDueJobs();
  }
  expect(await mailsAbout(good.number)).toHaveLength(1);
  expect(await TroubleModel.countDocuments({ step: 'deliver' })).toBe(1000);
  await act.LetterModel.collection.deleteMany({ _id: { $in: copies.map(({ _id }) => _id) } as never });
  await WriterModel.collection.deleteMany({ sealed: 'torn' });
  await TroubleModel.deleteMany({});
});

it('nothing but receipts leaves on a free day, except in emergencies', async () => {
  at('2026-10-03T10:00');
  const [quiet, loud] = [await writeLetter(), await writeLetter()];
  await act.acceptLetter(office.clerk, { letterId: quiet.id });
  await act.acceptLetter(office.clerk, { letterId: loud.id, urgency: 'emergency' });
  await runDueJobs();
  expect([(await mailsAbout(quiet.number)).length, (await mailsAbout(loud.number)).length]).toEqual([1, 2]);
  expect((await stored(quiet.id)).outboxAt?.toISOString()).toBe('2026-10-08T01:00:00.000Z');
  at('2026-10-08T09:01');
  await enqueue(deliverLeft, {});
  await runDueJobs();
  expect(await mailsAbout(quiet.number)).toHaveLength(2);
});

it('names the department in the language of the reader', async () => {
  at('2026-11-18T12:00');
  await DepartmentModel.updateOne({ _id: office.departmentId }, { $set: { nameEnglish: 'Water Bureau' } });
  forgetDepartments();
  const { id: letterId, number } = await writeLetter({}, { ...guestActor(), language: 'en' });
  await act.acceptLetter(office.clerk, { letterId });
  await act.assignLetter(office.clerk, { letterId, departmentId: office.departmentId });
  await deliverOutbox(letterId);
  const texts = (await mailsAbout(number)).map(({ text }) => text);
  expect(texts.some((text) => text?.includes('Your letter is now with Water Bureau.'))).toBe(true);
});

it('the code stands in the receipt and nowhere in the database; the name only sealed', async () => {
  const { id, code } = await writeLetter();
  const everything = JSON.stringify([await stored(id), await WriterModel.findById(id).lean()]);
  for (const secret of [code, letterText.name, letterText.phone, letterText.email]) {
    expect(everything).not.toContain(secret);
  }
});

it('a look at the writer is an entry of the audit trail, written before it is shown', async () => {
  const { id } = await letterIn('assigned', office);
  expect(await act.revealWriter(office.handler, { letterId: id })).toMatchObject({ phone: letterText.phone });
  const looks = await AuditEntryModel.find({ 'target.id': id, verb: 'letter.reveal-writer' }).lean();
  expect(looks.map(({ who }) => who.id)).toEqual([office.handler.id]);
  await expect(act.revealWriter(office.supervisor, { letterId: id })).rejects.toMatchObject({ status: 403 });
  await expect(act.revealWriter(office.administrator, { letterId: id })).rejects.toMatchObject({ status: 404 });
  expect(await AuditEntryModel.countDocuments({ 'target.id': id, verb: 'letter.reveal-writer' })).toBe(1);
  const failing = jest.spyOn(AuditEntryModel, 'insertMany').mockRejectedValueOnce(new Error('no disk'));
  await expect(act.revealWriter(office.handler, { letterId: id })).rejects.toThrow('no disk');
  failing.mockRestore();
});

it('the same form sent twice, even at once, is one letter with one code', async () => {
  const [formKey, writer] = ['q'.repeat(24), guestActor()];
  const write = (given: object = {}, by = writer) => writeLetter({ formKey, ...given }, by);
  const first = await Promise.all([write(), write(), write()]);
  const again = await write();
  expect(new Set([...first, again].map(({ number, code }) => `${number} ${code}`)).size).toBe(1);
  const there = await act.LetterModel.countDocuments();
  // Another text, in turn or at the same moment, is refused and told; a known key opens nothing for others
  const changed = { title: '换了一件事：门口的树倒了' };
  await expect(write(changed)).rejects.toMatchObject({
    status: 409,
    code: 'form-used',
    told: { params: { number: again.number } },
  });
  expect(await act.LetterModel.countDocuments()).toBe(there);
  const other = await write({}, guestActor());
  expect([other.number, other.code]).not.toEqual([again.number, again.code]);
  const twice = await Promise.allSettled([
    write({ formKey: 'r'.repeat(24) }),
    write({ ...changed, formKey: 'r'.repeat(24) }),
  ]);
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await WriterModel.countDocuments()).toBe(await act.LetterModel.countDocuments());
});

it('numbers are unique however many write at once', async () => {
  const numbers = (await Promise.all(Array.from({ length: 60 }, () => writeLetter()))).map(({ number }) => number);
  expect(new Set(numbers).size).toBe(60);
});

it('a writer who deletes their account leaves their letters to the city, and nothing of themselves once these are over', async () => {
  const citizen = await makeCitizen();
  const [over, open, others] = [await writeLetter({}, citizen), await writeLetter({}, citizen), await writeLetter()];
  await act.withdrawLetter(citizen, { number: over.number, code: over.code });
  await deleteCitizen(citizen, { sure: 'yes' });
  const kept = async ({ id }: Written) => (await WriterModel.countDocuments({ _id: id })) === 1;
  expect([await kept(over), await kept(open)]).toEqual([false, true]);
  for (const { id } of [over, open]) expect(JSON.stringify(await stored(id))).not.toContain(citizen.id);
  const night = async () => forgetWritersJob.run({}, { attempt: 1, last: false });
  await night();
  expect(await kept(open)).toBe(true);
  // Number and code still open it
  await act.withdrawLetter(guestActor(), { number: open.number, code: open.code });
  await night();
  expect([await kept(open), await kept(others)]).toEqual([false, true]);
  // Everybody else's goes when its years are over, from letters that are
  const longAgo = new Date('2015-01-01');
  await WriterModel.updateOne({ _id: others.id }, { $set: { createdAt: longAgo } });
  await night();
  expect(await kept(others)).toBe(true);
  await act.withdrawLetter(others.writer, { number: others.number, code: others.code });
  await night();
  expect(await kept(others)).toBe(false);
});

it('what was sealed of a writer whose letter never came goes in the second night', async () => {
  const there = await writeLetter();
  const sealed = await WriterModel.findById(there.id).lean();
  await WriterModel.collection.insertOne({ ...sealed, _id: 'no-such-letter' } as never);
  const night = async () => forgetWritersJob.run({}, { attempt: 1, last: false });
  await night();
  expect(await WriterModel.countDocuments({ _id: 'no-such-letter' })).toBe(1);
  await night();
  const kept = await WriterModel.find({ _id: { $in: [there.id, 'no-such-letter'] } }).lean();
  expect(kept.map(({ _id }) => _id)).toEqual([there.id]);
});
