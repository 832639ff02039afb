"""A run -> findings: search one half, edit pictures, conclude on the other half."""
