"""Word tables of the matching engines, one TOML file per language, read when first needed."""
