// A process of its own for the tests of fetchFile: downloads what its argument says and prints what came of it.
import { fetchFile } from '../../../src/datasets/files/fetchFile';

const { file, folders, address } = JSON.parse(process.argv[2]!);
void fetchFile(file, folders, address).then(fetched => console.log(JSON.stringify(fetched)));
