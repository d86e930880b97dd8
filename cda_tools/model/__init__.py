"""The document as plain immutable values: nothing here knows of XML."""
