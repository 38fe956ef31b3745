/** What the server tells every page about itself. */
export type SiteFacts = {
  mode: 'lab' | 'production';
  behaviour: string;
  /** E-mail address, URL or plain text. */
  supportContact: string;
};

function fact(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="moothall:${name}"]`)?.content ?? '';
}

/** Reads the facts out of the page's head. */
export function siteFacts(): SiteFacts {
  return {
    mode: fact('mode') === 'lab' ? 'lab' : 'production',
    behaviour: fact('behaviour'),
    supportContact: fact('support-contact'),
  };
}
