import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageBody } from './message.ts';

export interface Webhook {
  readonly url: string;
  /** Key of the signature; null: not signed. */
  readonly secret: string | null;
}

export interface PostOptions {
  /** Of one try, in milliseconds. */
  readonly timeout: number;
  readonly tries: number;
  /** Between tries; grows with each. */
  readonly pause: number;
}

export const POST_DEFAULTS: PostOptions = { timeout: 15_000, tries: 3, pause: 2_000 };

/**
 * Posts a message as JSON. With a secret, `X-Ezd-Migrate-Signature: sha256=<hex>` holds the HMAC of exactly the bytes of the body.
 * Throws an Error without the address in it (it may hold a token) when no try was answered with 2xx.
 */
export async function postWebhook({ url, secret }: Webhook, body: MessageBody, options = POST_DEFAULTS): Promise<void> {
  const text = JSON.stringify(body);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': `ezd-migrate/${body.version}`,
    ...(secret === null ? {} : { 'x-ezd-migrate-signature': `sha256=${signatureOf(text, secret)}` }),
  };
  for (let attempt = 1; ; attempt++) {
    const refused = await tryPost(url, headers, text, options.timeout);
    if (refused === null) return;
    // What the other side refuses, it refuses again; only its faults may pass.
    if (attempt === options.tries || /^HTTP 4(?!08|29)/.test(refused)) {
      throw new Error(`The webhook on ${new URL(url).host} was not taken: ${refused}.`);
    }
    await sleep(options.pause * attempt);
  }
}

export const signatureOf = (text: string, secret: string): string =>
  createHmac('sha256', secret).update(text, 'utf8').digest('hex');

async function tryPost(
  url: string,
  headers: Record<string, string>,
  body: string,
  timeout: number,
): Promise<string | null> {
  try {
    const signal = AbortSignal.timeout(timeout);
    // A redirect could carry the message elsewhere.
    const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
    await answer.body?.cancel();
    return answer.ok ? null : `HTTP ${answer.status}`;
  } catch (fault) {
    return reasonOf(fault);
  }
}

/** `fetch failed` says nothing; its cause does (`ECONNREFUSED`). */
function reasonOf(fault: unknown): string {
  if (!(fault instanceof Error)) return 'no answer';
  if (fault.name === 'TimeoutError') return 'no answer in time';
  const { cause } = fault as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? fault.name;
}
