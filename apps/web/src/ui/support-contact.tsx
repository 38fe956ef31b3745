import { siteFacts } from '../data/site-facts.ts';

/** Where help is to be had: what the operator has set, as a link where it is an address. */
export function SupportContact() {
  const { supportContact } = siteFacts();
  if (/^[^\s@:/]+@[^\s@]+$/.test(supportContact))
    return <a href={`mailto:${supportContact}`}>{supportContact}</a>;
  if (/^https?:\/\//.test(supportContact)) return <a href={supportContact}>{supportContact}</a>;
  return <span>{supportContact}</span>;
}
