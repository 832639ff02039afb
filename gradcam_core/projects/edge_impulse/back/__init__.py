"""Back into Studio: what an audit found, written to the samples of the project, and taken back again."""
