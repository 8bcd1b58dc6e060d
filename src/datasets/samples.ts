export { sampleImdb, sampleImdbWordIndex } from './sample/sampleImdb';
export { sampleReuters, sampleReutersWordIndex } from './sample/sampleReuters';
