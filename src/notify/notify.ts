import { type Mailbox, sendEmail } from './email.ts';
import type { Message, NotifyEvent } from './message.ts';
import { type PostOptions, postWebhook, type Webhook } from './webhook.ts';

export interface NotifyPlaces {
  readonly on: readonly NotifyEvent[];
  readonly webhook: Webhook | null;
  readonly email: Mailbox | null;
}

/** What became of telling one place. */
export interface Told {
  readonly by: 'webhook' | 'email';
  /** null: it was taken. */
  readonly failure: string | null;
}

/** Tells everybody who wants to know. Never throws: a message that is not taken is told by the result, and by the log. */
export async function tellPlaces(message: Message, places: NotifyPlaces, post?: PostOptions): Promise<readonly Told[]> {
  if (!places.on.includes(message.event)) return [];
  const { webhook, email } = places;
  const telling: Promise<Told>[] = [];
  if (webhook !== null) telling.push(outcome('webhook', postWebhook(webhook, message.body, post)));
  if (email !== null) telling.push(outcome('email', sendEmail(email, message)));
  return Promise.all(telling);
}

async function outcome(by: Told['by'], telling: Promise<void>): Promise<Told> {
  try {
    await telling;
    return { by, failure: null };
  } catch (fault) {
    return { by, failure: fault instanceof Error ? fault.message : String(fault) };
  }
}
