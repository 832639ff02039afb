"""What everything uses and what knows nobody: types, errors, registry, files,
progress, logits, intervals."""
