import { limitLedger } from '@moothall/core';
import { z } from 'zod';

const sizeLimit = limitLedger['password.size'].value;

/** A password as it comes: long ones are refused before anything is computed. */
export const passwordText = z
  .string()
  .min(1)
  .refine((text) => text.length <= sizeLimit && new TextEncoder().encode(text).length <= sizeLimit, {
    error: `The password is longer than ${sizeLimit} bytes: give a shorter one.`,
  });
