const sampleInputs =
  'documented: inputs hold what the card defines; the description types the four inputs of one sample card';

/** Violations that the description causes and not the server: never counted as problems, always shown. `location` is
 *  matched against the dotted place, e.g. `response.body.inputs.Name`.
 *  @type {{operation: string, location: RegExp, source: string}[]} */
export const knownDefects = [
  { operation: 'POST /attachment/actions', location: /^response\.body\.inputs\./, source: sampleInputs },
  { operation: 'GET /attachment/actions/{id}', location: /^response\.body\.inputs\./, source: sampleInputs },
];
