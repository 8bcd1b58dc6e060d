import { checkChoice } from '../../options/checkChoice';

/**
 * What `KERAS_PRIMER_DATA` asks for: `'real'` (an error where the real files cannot be had), `'sample'` (the embedded
 * stand-ins, the network left alone) or, unset, `'auto'`: real, else sample with a notice.
 */
export function dataMode(
  env: Readonly<Record<string, string | undefined>> = process.env,
): 'auto' | 'real' | 'sample' {
  const asked = env.KERAS_PRIMER_DATA;
  if (asked === undefined || asked === '') return 'auto';
  return checkChoice('the environment variable KERAS_PRIMER_DATA', asked, ['real', 'sample']);
}
