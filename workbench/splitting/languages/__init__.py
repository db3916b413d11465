"""Language data: one TOML file a language, read once when first asked for."""
