// Loaded before the tests: they expect tf's wasm back end, whatever `npm run engine` has installed. Tests of another one start a program.
'use strict';
process.env['KERAS_PRIMER_BACKEND'] ||= 'wasm';
