// Exports the models of weights.py, with the weights that it wrote, for it to read: npx tsx test/reference/keras/exportWeights.ts <folder>
import path from 'node:path';
import { exportWeights } from '../../../src/training/weights/exportWeights';
import { importWeights } from '../../../src/training/weights/importWeights';
import { models, reference } from '../../training/weights/models';

async function main(folder: string): Promise<void> {
  for (const [name, make] of Object.entries(models)) {
    const model = make();
    await importWeights(model, path.join(reference, `weights/${name}.npz`));
    await exportWeights(model, path.join(folder, `${name}.npz`));
    model.dispose();
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Expected a folder to export to, received none.');
void main(folder);
