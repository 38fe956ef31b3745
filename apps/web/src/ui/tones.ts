/** What a badge or notice tells by its colour, beside its words. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';
