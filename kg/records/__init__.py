"""Records of others read as cases: GA4GH Phenopackets and FHIR resources."""

from kg.records.record import Record, read_record

__all__ = ["Record", "read_record"]
