import type { AppDraft } from './app-draft.ts';
import type { Faults } from './faults.ts';

/** What the fields of a form share. */
export type FieldsProps = {
  draft: AppDraft;
  faults: Faults;
  onEdit: (change: Partial<AppDraft>) => void;
};
