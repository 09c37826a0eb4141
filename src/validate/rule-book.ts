import type { RuleSignature, RuleSignatures } from '../core/signatures.ts';
import { caseSign } from './case-sign/case-sign.ts';
import { eDeliveryAddress } from './identifiers/e-delivery.ts';
import { email } from './identifiers/email.ts';
import { epuapAddress } from './identifiers/epuap.ts';
import { nip } from './identifiers/nip.ts';
import { pesel } from './identifiers/pesel.ts';
import { country, postalCode } from './identifiers/postal-code.ts';
import { regon } from './identifiers/regon.ts';
import { simc, terc, ulic } from './identifiers/teryt.ts';
import { unp } from './identifiers/unp.ts';
import type { Rule } from './rule.ts';

/** Every rule on one record, by chapter. */
export const RULES: readonly Rule[] = [
  caseSign,
  pesel,
  nip,
  regon,
  epuapAddress,
  eDeliveryAddress,
  terc,
  simc,
  ulic,
  postalCode,
  country,
  email,
  unp,
];

/** Rules by their name in mapping files. */
export const RULES_BY_NAME: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.name, rule]));

const signatureOf = (rule: Rule): RuleSignature => ({
  columns: rule.columns,
  ...(rule.options === undefined ? {} : { options: rule.options }),
  codes: Object.fromEntries(rule.codes.map((entry) => [entry.code, entry.severity])),
  doc: rule.doc,
});

/** What the mapping compiler needs to know of the rules. */
export const RULE_SIGNATURES: RuleSignatures = Object.fromEntries(RULES.map((rule) => [rule.name, signatureOf(rule)]));
