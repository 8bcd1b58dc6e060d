import assert from 'node:assert/strict';
import { adverb, conjugate, plural, takesAn } from '../../../src/datasets/sample/inflect';

describe('inflect', () => {
  it('forms plurals, of compounds at their last word', () => {
    const nouns = ['film', 'city', 'boy', 'church', 'box', 'boss', 'wife', 'fisherman', 'lighthouse-keeper'];
    const plurals = ['films', 'cities', 'boys', 'churches', 'boxes', 'bosses', 'wives', 'fishermen'];
    assert.deepEqual(nouns.map(plural), [...plurals, 'lighthouse-keepers']);
  });

  it('conjugates regular verbs, doubled letters and irregular ones', () => {
    const forms = (entry: string): string => Object.values(conjugate(entry)).join(' ');
    assert.equal(forms('help'), 'help helps helped helped helping');
    assert.equal(forms('love'), 'love loves loved loved loving');
    assert.equal(forms('marry'), 'marry marries married married marrying');
    assert.equal(forms('stop*'), 'stop stops stopped stopped stopping');
    assert.equal(forms('panic*'), 'panic panics panicked panicked panicking');
    assert.equal(forms('lie'), 'lie lies lied lied lying');
    assert.equal(forms('free'), 'free frees freed freed freeing');
    assert.equal(forms('steal/stole/stolen'), 'steal steals stole stolen stealing');
    assert.equal(forms('forget*/forgot/forgotten'), 'forget forgets forgot forgotten forgetting');
  });

  it('makes adverbs', () => {
    const adverbs = ['slow', 'happy', 'gentle', 'comic', 'shy', 'full'].map(adverb);
    assert.deepEqual(adverbs, ['slowly', 'happily', 'gently', 'comically', 'shyly', 'fully']);
  });

  it('knows which words take "an"', () => {
    const words = ['actor', 'hour', 'honest', 'unusual', 'uncle', 'umbrella', '8', '80'];
    assert.deepEqual(words.filter(takesAn), words);
    const others = ['film', 'union', 'useful', 'european', 'one', 'unique', 'house', '90'];
    assert.deepEqual(others.filter(takesAn), []);
  });
});
