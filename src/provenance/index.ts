export { provenance, type ProvenanceEntry, type ProvenanceKind } from './provenance';
