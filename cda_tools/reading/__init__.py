"""From bytes to the header: safe XML, data types, locations."""
