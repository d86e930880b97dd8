"""Layer ``xsd``: our XML Schema, and its errors in words."""
