"""The static report: templates, styles, scripts, and the builder that fills them."""
