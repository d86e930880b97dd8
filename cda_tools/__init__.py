"""cda-tools: validate and read French HL7 CDA R2 documents."""
